"""From paths to an output folder: the stages in their order, and what makes a build safe and repeatable.

Rooms, low to high: ``publish``, ``extractors`` | ``manifest``, ``sources``, ``extraction`` | ``job`` | ``summary``.
"""

from __future__ import annotations

from kg.pipeline.job import BuildOptions, BuildReport, NothingToBuildError, build

__all__ = ["BuildOptions", "BuildReport", "NothingToBuildError", "build"]
