"""Days of the calendar: which there are, and which day a date without a year means."""

from __future__ import annotations

from datetime import date


def previous(year: int | None, month: int) -> tuple[int | None, int]:
    """The month before; without a year where none is known."""
    if month > 1:
        return year, month - 1
    return (year - 1 if year else None), 12


def valid(year: int | None, month: int, day: int) -> bool:
    """Whether there is such a day; without a year, in a leap year."""
    try:
        date(year or 2000, month, day)
    except ValueError:
        return False
    return True


def near(month: int, day: int, reference: date) -> date | None:
    """The day a dateline names, where it lies at most three days before the publication."""
    for year in (reference.year, reference.year - 1):
        if valid(year, month, day) and 0 <= (reference - date(year, month, day)).days <= 3:
            return date(year, month, day)
    return None


def parse(text: str) -> date | None:
    """The day of an ISO date; None where it is none."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
