"""Who met whom."""

from __future__ import annotations

from kg.extract.story import Story


def read(story: Story) -> None:
    pass
