"""The verbs of the tables cases, contests and deals, each group with its kind of happening and the roles it gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.language.lexicon import alternatives, table


@dataclass(frozen=True, slots=True)
class Trigger:
    """A group of verbs that tell of one kind of happening.

    Attributes:
        rule: name of the rule, in facts and tests.
        kind: of the happening.
        agent, patient: roles of who does it and of whom it meets; empty where the verb has none.
        agents, patients: which mentions can be one.
        need: what has to be named: the patient, the agent, either (``any``), two agents (``pair``), or a place (``where``), or any of these or a day (``when``).
        confidence: of the happening; its participants have the same.
        label: what the happening is called by: ``roles`` the verb and its object, or whom it met; ``agent`` who and what, also
            where an object follows; ``clause`` its clause.
        merge: verbs of one sentence tell of one happening: 破获一起盗窃案，陈某被抓获.
        near: it took place at the last place that is named before the verb, where none is told with 在.
        after, before: a pattern that the text behind or before the verb has to match.
    """

    rule: str
    kind: str
    agent: str
    patient: str
    agents: tuple[str, ...]
    patients: tuple[str, ...]
    need: str
    confidence: float
    label: str
    merge: bool
    near: bool
    after: re.Pattern[str] | None
    before: re.Pattern[str] | None


@cache
def triggers(name: str) -> dict[str, tuple[Trigger, ...]]:
    """The verbs of a table, each with its groups in the table's order: the first whose ``before`` and ``after`` match is meant."""
    entries: dict[str, tuple[Trigger, ...]] = {}
    for group in table(name)["trigger"]:
        trigger = Trigger(
            group["rule"], group["kind"], group.get("agent", ""), group.get("patient", ""),
            tuple(group.get("agents", "person organization").split()), tuple(group.get("patients", "person organization").split()),
            group.get("need", "any"), float(group.get("confidence", 0.65)), group.get("label", "roles"), bool(group.get("merge", False)), bool(group.get("near", False)),
            re.compile(group["after"]) if "after" in group else None, re.compile(group["before"]) if "before" in group else None,
        )  # fmt: skip
        for word in group["words"].split():
            entries[word] = (*entries.get(word, ()), trigger)
    return entries


@cache
def trigger_pattern(name: str) -> re.Pattern[str]:
    return re.compile(alternatives(triggers(name)))
