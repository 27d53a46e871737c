"""Repair of pages: what columns, captions and page marks did to an article is undone, and nothing is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article, Span
from kg.read import normalize
from kg.read.layout import Page, repair

SAMPLE = Path(__file__).parent.parent / "data" / "taiyuan-daily.txt"
CAPTIONS = ("活动现场。", "会议现场。", "现场图片。", "资料图片。", "代表们在会场交流。李小明 摄")

LEDE = "本报讯（记者 张三）6月2日，甲市召开经济工作会议。市委书记李四出席并讲话。"
STACK = "甲市召开经济工作会议\n李四出席并讲话\n"
BODY = "会议指出，要抓好落实，推动各项工作再上新台阶。与会人员作了交流发言，有关部门负责同志参加。"


def blocks(page: Page) -> list[tuple[str, str]]:
    return [(block.kind, page.text[block.start : block.end]) for block in page.blocks]


def only(text: str, **options: bool) -> Page:
    (page,) = repair(normalize(text), **options)
    return page


def kinds(text: str, kind: str) -> list[str]:
    return [found for page in repair(normalize(text)) for k, found in blocks(page) if k == kind]


# --- the sample page -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample() -> list[Page]:
    return repair(normalize(SAMPLE.read_text(encoding="utf-8")))


def test_sample_page_holds_two_articles_with_their_headlines(sample: list[Page]) -> None:
    assert [page.title for page in sample] == [
        "太原忻州两市人大常委会太忻经济一体化发展协作工作座谈会举行",
        "守牢安全底线 筑牢疫情防线 全力以赴确保经济社会发展大局平稳有序",
    ]
    assert [[text for kind, text in blocks(page) if kind == "headline"] for page in sample] == [
        [
            "共抓发展机遇 共创美好未来",
            "太原忻州两市人大常委会太忻经济一体化发展协作工作座谈会举行",
            "韦韬王纯朱晓东出席并讲话",
        ],
        [
            "韦韬在督导检查全市安全生产和常态化疫情防控工作时强调",
            "守牢安全底线 筑牢疫情防线 全力以赴确保经济社会发展大局平稳有序",
        ],
    ]


@pytest.mark.parametrize(
    ("article", "joined"),
    [
        (0, "市场主体预期和信心"),  # a word cut in two, with a caption between the halves
        (0, "既要各显其能,又要"),
        (0, "以优异成绩迎接"),
        (0, "两市人大常委会要立足"),
        (1, "要求完善应急预案"),
        (1, "参观廉政文化展览"),
        (1, "全市上下要坚决贯彻"),
    ],
)
def test_sample_page_is_joined_where_columns_cut_it(sample: list[Page], article: int, joined: str) -> None:
    assert joined in sample[article].text


def test_sample_page_captions_follow_the_paragraph_they_interrupt(sample: list[Page]) -> None:
    for page, caption, before in zip(
        sample,
        ("工作座谈会现场。梁琛 摄", "督导检查煤矿、加油站安全生产情况。梁琛 摄"),
        ("更大进展。", "应急管理现代化。"),
        strict=True,
    ):
        found = blocks(page)
        (index,) = [n for n, (kind, _) in enumerate(found) if kind == "caption"]
        assert found[index][1].endswith(caption)
        assert found[index - 1][1].endswith(before)


# --- splitting -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "opening",
    [
        "本报讯（记者 王五）6月1日，乙县开工建设水库。县长赵六出席。",
        "新华社北京6月1日电（记者王五）乙县开工建设水库。县长赵六出席。",
        "本报记者 王五\n6月1日，乙县开工建设水库，县长赵六出席开工仪式并宣布开工，有关部门负责同志参加。",
        "中新网乙县6月1日电 乙县开工建设水库。县长赵六出席。",
    ],
)
def test_headlines_above_a_dateline_begin_an_article(opening: str) -> None:
    pages = repair(normalize(f"{STACK}{LEDE}\n{BODY}\n\n乙县水库开工\n\n{opening}\n{BODY}"))
    assert [page.title for page in pages] == ["甲市召开经济工作会议", "乙县水库开工"]
    assert "乙县" not in pages[0].text


def test_page_mark_above_a_headline_begins_an_article() -> None:
    pages = repair(f"{STACK}{LEDE}\n{BODY}\n第02版：要闻\n乙县水库开工\n6月1日，{BODY}")
    assert [page.title for page in pages] == ["甲市召开经济工作会议", "乙县水库开工"]
    assert blocks(pages[1])[1] == ("furniture", "第02版：要闻")


@pytest.mark.parametrize(
    "text",
    [
        LEDE + BODY,
        f"{LEDE}\n{BODY}\n{BODY}",
        f"{BODY}\n一、总体要求\n{BODY}\n二、重点任务\n{BODY}",
        f"{BODY}\n\n记者从甲市获悉\n\n{BODY}",
        f"{BODY}新华社北京6月1日电 {BODY}",
        f"{BODY}\n新华社北京6月1日电 {BODY}",  # no headline above it
        f"甲市今天召开会议，会议\n\n通过决定\n\n本报记者李四在现场看到，{BODY}",  # columns cut a sentence
    ],
)
def test_text_without_headline_stacks_stays_one_article(text: str) -> None:
    assert len(repair(normalize(text))) == 1


def test_records_are_never_split() -> None:
    text = f"{STACK}{LEDE}\n{BODY}\n乙县水库开工\n{LEDE}"
    assert len(repair(text, several=True)) == 2
    assert len(repair(text, several=False)) == 1


# --- parts of a page -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "caption",
    [
        "与会人员合影。张三 摄",
        "张三摄",
        "本报记者 张三 李四 摄",
        "图为会议现场。",
        "▲工人在车间作业。（受访者供图）",
        "与会人员参观展览。张三/图",
        "资料图片",
        "会议现场。（摄影：张三）",
    ],
)
def test_captions_are_told_by_their_wording(caption: str) -> None:
    found = blocks(only(f"{LEDE}\n\n{caption}\n\n{BODY}"))
    assert found == [("body", LEDE), ("caption", caption), ("body", BODY)]


@pytest.mark.parametrize(
    "line",
    [
        "会议由市长张三主持。",
        "这部电影由青年导演李四拍摄。",
        "大家都说这里是一幅好风景图。",
        "现场掌声雷动。",
        "他对此表示支持。",
    ],
)
def test_short_sentences_are_no_captions(line: str) -> None:
    assert blocks(only(f"{LEDE}\n\n{line}\n\n{BODY}"))[1] == ("body", line)


@pytest.mark.parametrize(
    "line",
    [
        "第02版：要闻",
        "A3",
        "03",
        "下转第2版",
        "责任编辑：张三",
        "责编 张三 美编 李四 校对 王五",
        "投稿邮箱：news@example.com",
        "扫描二维码，关注本报微信公众号",
        "2022年6月3日 星期五 农历五月初五",
        "2022-06-03 10:20 来源：甲市日报",
        "国内统一连续出版物号：CN00-0000",
        "广告",
        "————————",
    ],
)
def test_furniture_interrupts_no_sentence(line: str) -> None:
    half = len(BODY) // 2
    found = blocks(only(f"{LEDE}\n\n{BODY[:half]}\n\n{line}\n\n{BODY[half:]}"))
    assert found == [("body", LEDE), ("body", BODY), ("furniture", line)]


def test_turn_marks_are_cut_out_of_the_sentence() -> None:
    half = len(BODY) // 2
    found = blocks(only(f"{LEDE}\n{BODY[:half]}（下转第2版）\n（上接第1版）{BODY[half:]}"))
    assert found == [("body", LEDE), ("body", BODY), ("furniture", "（下转第2版）"), ("furniture", "（上接第1版）")]


@pytest.mark.parametrize("line", ["本报记者 张三 李四", "（记者 王五）", "□ 本报记者 张三 通讯员 李四", "作者：张三"])
def test_bylines(line: str) -> None:
    assert blocks(only(f"{BODY}\n{line}\n{BODY}")) == [("body", BODY), ("byline", line), ("body", BODY)]


def test_printed_date_and_source_are_read_from_the_furniture() -> None:
    page = only(f"2022年6月3日 星期五 农历五月初五\n{STACK}来源：甲市日报\n{LEDE}")
    assert (page.date, page.publisher) == ("2022年6月3日", "甲市日报")
    assert [kind for kind, _ in blocks(page)] == ["headline", "headline", "furniture", "furniture", "body"]


def test_a_day_is_furniture_above_an_article_and_a_heading_inside() -> None:
    found = blocks(only(f"{STACK}2022-06-03\n{LEDE}\n2016年12月1日\n{BODY}"))
    assert found[2:] == [("furniture", "2022-06-03"), ("body", LEDE), ("headline", "2016年12月1日"), ("body", BODY)]


LONG = "甲市召开经济工作会议全面部署明年工作 市委书记李四出席并讲话 市长王五主持 市政协主席赵六参加"


def test_a_long_headline_is_told_by_the_dateline_below_it() -> None:
    assert blocks(only(f"{LONG}\n{LEDE}"))[0] == ("headline", LONG)
    assert blocks(only(f"{LONG}\n{BODY}")) == [("body", LONG + BODY)]


def test_a_long_headline_is_told_by_the_title_that_is_given() -> None:
    (page,) = repair(f"{LONG}\n{BODY}", title=LONG.replace(" ", "　"))
    assert blocks(page) == [("headline", LONG), ("body", BODY)]


@pytest.mark.parametrize(
    ("stack", "title"),
    [
        (["李四在甲市调研时强调", "抓住机遇 加快发展"], "抓住机遇 加快发展"),
        (["抓住机遇", "甲市经济工作会议举行", "李四王五赵六等领导同志出席并讲话"], "甲市经济工作会议举行"),
        (["李四出席并讲话"], "李四出席并讲话"),
    ],
)
def test_title_is_the_main_line_of_the_stack(stack: list[str], title: str) -> None:
    assert only("\n".join([*stack, LEDE])).title == title


def test_subheads_and_entries_of_a_list_stand_alone() -> None:
    text = f"{BODY}\n工作成效显著\n{BODY}\n张三 男 汉族\n李四 女 回族\n王五 男 汉族"
    assert [line for _, line in blocks(only(text))] == text.split("\n")
    assert kinds(text, "headline") == ["工作成效显著"]


def test_picture_news_has_its_caption_as_body() -> None:
    assert blocks(only("水库开工\n6月1日，乙县水库开工。张三 摄")) == [
        ("headline", "水库开工"),
        ("body", "6月1日，乙县水库开工。张三 摄"),
    ]


@pytest.mark.parametrize("text", ["", " \n\u3000\n\t", "\u200b\ufeff"])
def test_nothing_to_read_is_no_article(text: str) -> None:
    assert repair(normalize(text)) == []


@pytest.mark.parametrize("text", ["甲市", "第02版", "张三 摄", "本报记者 张三", "一\n二"])
def test_the_shortest_texts_have_a_body(text: str) -> None:
    assert "body" in [kind for kind, _ in blocks(only(text))]


# --- lines -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("indent", ["", "\u3000\u3000"])
def test_hard_wrapped_lines_are_joined(newline: str, indent: str) -> None:
    text = "李四强调全市上下要深入学习贯彻会议精神，" * 6 + "确保取得实效。"
    lines = re.findall(".{1,22}", indent + text)
    assert only(newline.join([*lines, *lines])).text == f"{text}\n{text}"


def test_spaces_of_a_letter_spaced_line_go_and_those_in_names_stay() -> None:
    spaced = " ".join("太原市委书记在会上作了讲话，")
    assert only(f"{spaced}\n市长韦 韬主持。").text == "太原市委书记在会上作了讲话，市长韦 韬主持。"


def test_latin_words_at_a_line_end_are_held_apart() -> None:
    assert only(f"{LEDE}他介绍了 Green\nEnergy 的情况。").text == f"{LEDE}他介绍了 Green Energy 的情况。"


def test_markdown_marks_are_left_out() -> None:
    page = only(
        f"# 甲市召开会议\n\n![图](a.jpg)\n\n**{LEDE}**[详情](http://x.example/a)\n\n## 成效\n\n> {BODY}", markdown=True
    )
    assert blocks(page) == [("headline", "甲市召开会议"), ("body", f"{LEDE}详情"), ("headline", "成效"), ("body", BODY)]


# --- properties ------------------------------------------------------------------------------------------------------

HAN = st.sampled_from("甲乙丙丁市县委书记长在会上讲话强调要抓好落实工作推动发展建设人民群众安全生产经济社会")
clause = st.text(HAN, min_size=4, max_size=18)
sentence = st.lists(clause, min_size=1, max_size=4).map(lambda parts: "，".join(parts) + "。")
paragraph = st.lists(sentence, min_size=3, max_size=8).map("".join).filter(lambda text: len(text) > 100)


@st.composite
def broken(draw: st.DrawFn) -> tuple[str, str, str]:
    """A text of one paragraph or more; the same cut in mid-sentence as columns cut it, once around a caption."""
    text = "\n".join(draw(st.lists(paragraph, min_size=1, max_size=3)))
    places = [
        n
        for n in range(40, len(text) - 20)
        if not set(text[n - 1 : n + 1]) & set("，。\n") and "\n" not in text[max(0, n - 40) : n + 12]
    ]
    cuts = sorted(draw(st.lists(st.sampled_from(places), min_size=4, max_size=4, unique=True)))
    captioned = draw(st.sampled_from(cuts))
    caption = draw(st.sampled_from(CAPTIONS))
    out, last = "", 0
    for cut in cuts:
        out += text[last:cut] + (f"\n\n\n\n{caption}\n\n" if cut == captioned else "\n\n")
        last = cut
    return text, out + text[last:], caption


@given(broken())
def test_broken_text_is_mended_but_for_its_caption(texts: tuple[str, str, str]) -> None:
    whole, cut, caption = texts
    found = blocks(only(cut))
    assert [text for kind, text in found if kind == "caption"] == [caption]
    assert [text for kind, text in found if kind != "caption"] == [text for _, text in blocks(only(whole))]


@given(st.lists(paragraph, min_size=1, max_size=5), st.sampled_from(["\n", "\n\n", "\r\n\r\n", "\n\u3000\u3000"]))
def test_unbroken_text_is_left_alone(paragraphs: list[str], between: str) -> None:
    text = only(between.join(paragraphs)).text
    assert text == "\n".join(paragraphs)
    assert only(text).text == text


ANY = st.text(
    st.sampled_from(
        "甲乙市委书记韦韬臺灣會議「」，。：；！？、“”（）() 　\n\r\t\u200b\x07０９Ａａａ%#*[]!-—"
        "摄图版本报讯新华社电记者第一12>…\u2028"
    ),
    max_size=200,
)
LINES = st.lists(
    st.one_of(
        ANY, paragraph, clause, st.sampled_from([*CAPTIONS, LEDE, STACK, "第02版", "（下转第2版）", "责编 张三"])
    ),
    max_size=8,
).map("\n".join)


@given(st.one_of(ANY, LINES), st.booleans(), st.booleans())
def test_every_character_is_the_source_character_at_its_place(source: str, several: bool, markdown: bool) -> None:
    normalized = normalize(source)
    assert len(normalized) == len(source)
    for page in repair(normalized, several=several, markdown=markdown):
        mapped = set()
        for segment in page.segments:
            assert segment.length > 0
            here = page.text[segment.start : segment.start + segment.length]
            assert here == normalized[segment.source_start : segment.source_start + segment.length]
            mapped.update(range(segment.start, segment.start + segment.length))
        assert {page.text[n] for n in range(len(page.text)) if n not in mapped} <= {"\n", " "}
        assert [s.start for s in page.segments] == sorted(s.start for s in page.segments)
        assert "\n".join(text for _, text in blocks(page)) == page.text
        assert "\n" not in "".join(text for _, text in blocks(page))


@given(st.one_of(ANY, LINES))
def test_every_visible_character_is_in_one_article_once(source: str) -> None:
    normalized = normalize(source)
    seen = [
        place
        for page in repair(normalized)
        for segment in page.segments
        for place in range(segment.source_start, segment.source_start + segment.length)
    ]
    assert len(seen) == len(set(seen))
    unread = {normalized[n] for n in range(len(normalized)) if n not in set(seen)}
    assert unread <= set(" \n\r\u200b\x07")


@given(LINES, st.data())
def test_source_spans_hold_the_quotation(source: str, data: st.DataObject) -> None:
    normalized = normalize(source)
    for page in repair(normalized):
        article = Article("a", page.text, page.segments, page.blocks)
        block = data.draw(st.sampled_from(page.blocks))
        start = data.draw(st.integers(block.start, block.end - 1))
        span = Span(start, data.draw(st.integers(start + 1, block.end)))
        assert "".join(normalized[a:b] for a, b in article.source_spans(span)) == page.text[slice(*span)]
