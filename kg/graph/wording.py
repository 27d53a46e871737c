"""Facts in Chinese, one sentence each, for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.graph.relations import Relation
from kg.model import Fact

_ROLES: Final[Mapping[str, str]] = {
    "attend": "{0}出席{1}",
    "speak": "{0}在{1}上讲话",
    "preside": "{0}主持{1}",
    "organize": "{0}举办{1}",
    "visit": "{0}进行{1}",
    "accompany": "{0}陪同参加{1}",
    "sign": "{0}在{1}上签约",
    "meet": "{0}参加{1}(会见双方之一)",
    "win": "{0}在{1}中获胜",
    "lose": "{0}在{1}中失利",
    "compete": "{0}参加{1}比赛",
    "victim": "{0}在{1}中受害",
    "perpetrator": "{0}是{1}的加害方",
}
_CHANGES: Final[Mapping[str, str]] = {
    "appointed": "{0}被任命为{1}",
    "elected": "{0}当选{1}",
    "removed": "{0}被免去{1}",
    "resigned": "{0}辞去{1}",
    "nominated": "{0}被提名为{1}",
}
_BYLINES: Final[Mapping[str, str]] = {
    "reporter": "{0}采写本文",
    "correspondent": "{0}是本文通讯员",
    "photographer": "{0}为本文摄影",
    "editor": "{0}编辑本文",
}
_KINDS: Final[Mapping[str, str]] = {
    "meeting": "会议",
    "visit": "调研考察",
    "encounter": "会见会谈",
    "signing": "签约",
    "ceremony": "仪式",
    "appointment": "任免",
    "activity": "活动",
    "competition": "比赛",
    "incident": "事故灾害案件",
    "trip": "出访",
    "legal": "司法",
    "transaction": "交易",
    "launch": "发射发布",
}
MODALITY: Final[Mapping[str, str]] = {
    "asserted": "",
    "reported": "转述",
    "planned": "计划",
    "urged": "要求",
    "denied": "否认",
}


def sentence(relation: Relation) -> str:
    """What a fact says, in one Chinese sentence without its full stop; plans, wishes and denials are marked."""
    said = _sentence(relation.fact, relation.subject.name, relation.object.name)
    marks = [MODALITY[relation.modality], "待定" if relation.status == "candidate" else ""]
    marked = "、".join(mark for mark in marks if mark)
    return f"{said}({marked})" if marked else said


def _sentence(fact: Fact, subject: str, object_: str) -> str:
    match fact.kind:
        case "position":
            verb = "曾任" if fact.qualifier("former") else "代理" if fact.qualifier("acting") else "任"
            return f"{subject}{verb}{_post(fact, object_)}"
        case "appointment":
            pattern = _CHANGES.get(fact.qualifier("change"), "{0}的职务有变动:{1}")
            return pattern.format(subject, _post(fact, object_))
        case "participation":
            return _ROLES.get(fact.qualifier("role"), "{0}参与{1}").format(subject, object_)
        case "event":
            kind = _KINDS.get(fact.qualifier("kind"), "")
            when = f",{fact.qualifier('date')}" if fact.qualifier("date") else ""
            where = f",在{object_}" if object_ else ""
            return f"{subject}{f'({kind})' if kind else ''}{when}{where}"
        case "visit":
            return f"{subject}到访{object_}"
        case "meeting":
            return f"{subject}会见{object_}"
        case "signing":
            return f"{subject}签署{object_}"
        case "hierarchy":
            return f"{subject}属于{object_}"
        case "statement":
            return f"{subject}{fact.qualifier('verb') or '说'}"
        case "byline":
            return _BYLINES.get(fact.qualifier("role"), "{0}署名本文").format(subject)
        case "award":
            return f"{subject}获{fact.qualifier('award')}"


def _post(fact: Fact, organization: str) -> str:
    title = fact.qualifier("title")
    return f"{organization if fact.object else ''}{title}" or "职务"
