"""Who went where: a tour's sites, each a place or an organization."""

from __future__ import annotations

from kg.extract.story import Story


def read(story: Story) -> None:
    pass
