"""The scorer: it finds what is right, wrong and missed, and its figures are those of a count by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluation import report
from kg.evaluation.gold import GoldArticle, read_gold
from kg.evaluation.rows import Answer, answers
from kg.evaluation.scoring import Outcome, alike, fold_name, judge
from tests import factories

TEXT = "6月2日，青河市委书记李建华主持召开全市防汛工作会议。王晓梅表示，将全力落实。"


def gold(**rows: list[dict[str, object]]) -> GoldArticle:
    entities = {
        "p1": {"id": "p1", "type": "person", "names": ["李建华"]},
        "p2": {"id": "p2", "type": "person", "names": ["王晓梅"]},
        "o1": {"id": "o1", "type": "organization", "names": ["青河市委", "中共青河市委"]},
        "e1": {"id": "e1", "type": "event", "names": ["全市防汛工作会议"]},
    }
    from kg.evaluation.gold import QUERIES

    found = {q: tuple(rows.get(q, ())) for q in QUERIES}
    return GoldArticle("a", entities, {**found, "entities": tuple(entities.values())})  # type: ignore[arg-type]


def answer(query: str, evidence: str, **cells: str) -> Answer:
    return Answer(query, cells, evidence, "rule", 0.9)


def verdicts(outcomes: list[Outcome], query: str) -> list[str]:
    return sorted(o.verdict for o in outcomes if o.query == query)


def test_right_wrong_missed_and_optional() -> None:
    wanted = gold(
        positions=[
            {"person": "p1", "organization": "o1", "title": ["书记", "市委书记"], "evidence": "青河市委书记李建华"},
            {"person": "p2", "organization": None, "title": "局长", "evidence": "王晓梅"},
            {"person": "p2", "organization": "o1", "title": "常委", "evidence": "王晓梅", "optional": True},
        ]
    )
    given = [
        answer("positions", "青河市委书记李建华", person="李建华", organization="中共青河市委", title="市委书记"),
        answer("positions", "王晓梅", person="王晓梅", organization="青河市委", title="常委"),
        answer("positions", "王晓梅", person="王晓梅", organization="青河市委", title="县长"),
    ]
    assert verdicts(judge(wanted, given, TEXT), "positions") == ["missed", "optional", "right", "wrong"]


def test_a_quotation_that_does_not_stand_in_the_article_is_wrong() -> None:
    wanted = gold(visits=[{"person": "p1", "place": "青河", "evidence": "李建华"}])
    assert verdicts(
        judge(wanted, [answer("visits", "李建华来到青河", person="李建华", place="青河")], TEXT), "visits"
    ) == ["missed", "wrong"]
    cut = answer(
        "visits", "李建华主持召开工作会议。", person="李建华", place="青河"
    )  # 全市防汛 stands between: cut by a caption
    assert verdicts(judge(wanted, [cut], TEXT), "visits") == ["right"]


def test_events_are_aligned_by_label_and_by_sentence() -> None:
    wanted = gold(
        events=[
            {"event": "e1", "kind": ["meeting"], "date": ["--06-02", ""], "place": None, "evidence": "全市防汛工作会议"}
        ],
        participation=[{"participant": "p1", "event": "e1", "role": "preside", "evidence": "李建华主持"}],
    )
    sentence = TEXT[: TEXT.index("。") + 1]
    for label in ("青河市防汛工作会议", "开会"):
        given = [
            answer("events", sentence, event=label, kind="meeting", date="--06-02", place=""),
            answer("participation", sentence, participant="李建华", event=label, role="preside"),
        ]
        outcomes = judge(wanted, given, TEXT)
        assert verdicts(outcomes, "events") == ["right"]
        assert verdicts(outcomes, "participation") == ["right"]


def test_one_gold_row_is_matched_once() -> None:
    wanted = gold(statements=[{"speaker": "p2", "evidence": "王晓梅表示，将全力落实"}])
    given = [answer("statements", q, speaker="王晓梅") for q in ("王晓梅表示，将全力落实。", "将全力落实。")]
    assert verdicts(judge(wanted, given, TEXT), "statements") == ["right", "wrong"]


def test_meetings_have_no_first_and_second() -> None:
    wanted = gold(meetings=[{"person": "p1", "counterpart": "p2", "evidence": "李建华"}])
    assert verdicts(
        judge(wanted, [answer("meetings", "李建华", person="王晓梅", counterpart="李建华")], TEXT), "meetings"
    ) == ["right"]


@pytest.mark.parametrize(
    ("a", "b"),
    [("中共青河市委", "青河市委"), ("青河市人民政府", "青河市政府"), ("青河市", "青河"), ("《通知》", "通知")],
)
def test_names_that_are_one(a: str, b: str) -> None:
    assert fold_name(a) == fold_name(b)


def test_alike() -> None:
    assert alike("全市防汛会议", "全市防汛会议") == 1
    assert alike("全市防汛工作会议召开", "全市防汛工作会议") == 0.9
    assert alike("abcd", "bcde") == pytest.approx(2 / 3)
    assert alike("会", "议") == 0


def test_figures_and_floors() -> None:
    run = [Outcome("a", "visits", v, {}, "") for v in ("right", "right", "optional", "wrong", "missed")]
    found = report.figures(run)
    assert (found.precision, found.recall) == (3 / 4, 2 / 3)
    table = report.by_query(run)
    assert table["facts"] == found
    assert report.below_floors(table, {"visits": found.f1}) == []
    assert report.below_floors(table, {"visits": found.f1 + 0.01})


def test_runs_are_kept_and_compared(tmp_path: Path) -> None:
    right = Outcome("a", "visits", "right", {"person": "李建华"}, "。", "tour", 0.8)
    wrong = Outcome("a", "visits", "wrong", {"person": "王晓梅"}, "。", "tour", 0.8)
    report.save_run(tmp_path / "run", [right, wrong])
    assert report.load_run(tmp_path / "run") == [right, wrong]
    assert report.changes([right, wrong], [right]) == ([wrong], [])
    (tmp_path / "bad").write_text("nothing", encoding="utf-8")
    with pytest.raises(InputError, match="bad"):
        report.load_run(tmp_path / "bad")


def test_gold_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no gold"):
        read_gold(tmp_path)
    (tmp_path / "page.json").write_text(json.dumps({"entities": 3}), encoding="utf-8")
    with pytest.raises(InputError, match=r"page\.json"):
        read_gold(tmp_path)


def test_answers_are_those_of_the_named_queries(tmp_path: Path) -> None:
    from kg.evaluation.gold import QUERIES
    from kg.graph.queries import named_queries, run
    from kg.graph.store import open_store, write_store

    sample = factories.sample()
    write_store(tmp_path / "store", [sample], factories.resolve([sample]))
    with open_store(tmp_path / "store") as store:
        asked = {q.name: run(store, q.text) for q in named_queries()}
    for query, columns in QUERIES.items():
        mine = sorted(tuple(a.cells[c] for c in columns) for a in answers(sample) if a.query == query)
        table = asked[query]
        places = [table.columns.index(c) for c in columns]
        assert mine == sorted(tuple(row[p] for p in places) for row in table.rows), query
