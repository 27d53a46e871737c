"""What the user decided about identity: kept in OUT, replayed on every build, taken back at will."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Literal

from kg.errors import InputError, OutputError

LEDGER: Final = "decisions.json"
_VERSION: Final = 1

Verdict = Literal["same", "different"]
Member = tuple[str, str]
"""An article's id and the key of an entity in it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Two entities are the same, or are not.

    It names members, not ids of a build: ids may change when articles come and go, the members do not. Where none of
    one side is in a build, the decision waits.

    Attributes:
        first, second: members of the two entities, the earliest first.
        names: the two as the user named them, to be shown again.
    """

    verdict: Verdict
    first: tuple[Member, ...]
    second: tuple[Member, ...]
    names: tuple[str, str]


def load(out: Path) -> tuple[Decision, ...]:
    """The decisions in an output folder; none where there is no ledger.

    Raises:
        InputError: the ledger is not what this module wrote.
    """
    path = out / LEDGER
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read ({error}); repair it or move it away") from error
    try:
        entries = json.loads(text)["decisions"]
        return tuple(_decision(entry) for entry in entries)
    except json.JSONDecodeError as error:
        raise InputError(
            str(path), f"is not JSON ({error.msg}); repair it or move it away", f"line {error.lineno}"
        ) from error
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise InputError(str(path), "is not a ledger of decisions; repair it or move it away") from error


def save(out: Path, decisions: Sequence[Decision]) -> None:
    """Write the ledger in one step.

    Raises:
        OutputError: the folder cannot be written.
    """
    path = out / LEDGER
    text = json.dumps(
        {"version": _VERSION, "decisions": [asdict(d) for d in decisions]}, ensure_ascii=False, indent=1, sort_keys=True
    )
    beside = path.with_suffix(".json.new")
    try:
        beside.write_text(text + "\n", encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise OutputError(
            f"{path}: cannot be written ({error.strerror}); free space or change its permissions"
        ) from error


def decide(decisions: Sequence[Decision], new: Decision) -> tuple[Decision, ...]:
    """The decisions with a new one, which takes the place of earlier ones about the same two."""
    one, other = set(new.first), set(new.second)

    def about_them(decision: Decision) -> bool:
        first, second = set(decision.first), set(decision.second)
        return bool((first & one and second & other) or (first & other and second & one))

    return (*(decision for decision in decisions if not about_them(decision)), new)


def _decision(entry: Mapping[str, Any]) -> Decision:
    verdict = entry["verdict"]
    if verdict not in ("same", "different"):
        raise ValueError(verdict)
    first, second = (tuple((str(a), str(k)) for a, k in entry[side]) for side in ("first", "second"))
    names = entry["names"]
    return Decision(verdict, first, second, (str(names[0]), str(names[1])))
