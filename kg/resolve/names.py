"""Names made comparable: when two printed forms are one name, and when a name alone says too little to join on."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from kg import vocab
from kg.language import gazetteer, lexicon
from kg.model import Article

# Formal names of bodies and the form that papers print. Order matters: the longest formal name first.
_PRESS_FORMS: Final = (
    (re.compile(r"^(?:中国共产党|中共)中央委员会$"), "中共中央"),
    (re.compile(r"^(?:中国共产党|中共)(?!中央)(.+?)委员会"), r"\1委"),
    (re.compile(r"^(?:中国共产党|中共)(?!中央)(?=.)"), ""),
    (re.compile(r"^(?:中国)?(?:人民政治协商会议|人民政协|政协)全国委员会"), "全国政协"),
    (re.compile(r"^(?:中国)?(?:人民政治协商会议|人民政协|政协)(.+?)委员会"), r"\1政协"),
    (re.compile(r"人民代表大会常务委员会"), "人大常委会"),
    (re.compile(r"人民代表大会"), "人大"),
    (re.compile(r"人民政府"), "政府"),
    (re.compile(r"纪律检查委员会"), "纪委"),
    (re.compile(r"监察委员会"), "监委"),
    (re.compile(r"人民(法院|检察院)"), r"\1"),
    (re.compile(r"(?<=集团)(?:股份)?(?:控股)?有限(?:责任)?公司$"), ""),
)
# A body that its article did not complete: the level is printed, the place is not.
_RELATIVE: Final = re.compile(
    r"^(?:[省市县区州盟旗镇乡村本我该全两各](?:委|政府|人大|政协|纪委|监委|人民|[^\w]|级|公安|教育|应急|有关|直)|"
    r"(?:本报|我省|我市|我县|我区|本省|本市|本县|本区|全省|全市|全县|全区|党委|党组|纪委|组委会|代表团|调研组|工作组|考察团|"
    r"指挥部|办公室|办公厅|村委会|居委会|公司|学校|医院|集团|单位|支部|党支部|管委会|委员会|公安局|派出所|法院|检察院|政府|人大|政协|"
    r"工会|妇联|团委|监委|武装部|宣传部|组织部|统战部|政法委|领导小组|理事会|董事会|监事会|总部|分局|总局|机关|部门|社区|街道|乡镇)"
    r"(?!报))"
)
# Words that many places and documents share: alone they name nothing across articles.
_COMMON_PLACES: Final = re.compile(
    r"^(?:人民|中山|中心|文化|体育|市民|森林|湿地|滨江|滨河|儿童)?(?:公园|广场|体育馆|体育场|体育中心|文化馆|会展中心|火车站|高铁站|"
    r"汽车站|市民中心|大会堂|会议中心|博物馆|图书馆|机场|码头|医院|学校|社区|小区|园区|开发区|高新区|经开区|新城|老城|城区|主城区|现场|村|镇)$"
)
_COMMON_DOCUMENTS: Final = re.compile(
    r"^(?:战略|项目|框架|全面|友好|深化|产学研|校企|投资|调查|和解|警情|情况|政策|相关|联合|官方|国务院)*(?:合作)?(?:框架)?(?:协议书?|备忘录|合同|协定|责任书|承诺书|倡议书|联合声明|联合公报|声明|意见|通知|方案|"
    r"实施方案|行动方案|报告|工作报告|政府工作报告|公告|通报|规划|条例|决定|决议|办法|章程|名单|致辞|讲话|报告书|白皮书|蓝皮书|措施|令)$"
)
_PARTIAL_PERSON: Final = re.compile(
    r"(?:某某?|先生|女士|大爷|大妈|阿姨|奶奶|爷爷|老师|师傅|大叔|大姐|大哥|小姐|太太|老人)$|^[小老阿]\w$"
)
# Given names among the most frequent of the living (by hand, after the name reports of the Ministry of Public
# Security): with a frequent surname they name thousands of people.
_FREQUENT_GIVEN: Final = frozenset(
    """
    建国 建华 建军 建平 建明 建设 建新 建民 国庆 国强 国华 国平 国栋 国良 国军 志强 志刚 志伟 志明 志勇
    志华 志军 志国 志远 志鹏 晓东 晓明 晓峰 晓红 晓燕 晓华 晓军 晓丽 晓光 晓宇 小平 小明 小红 小军 小龙
    小华 海波 海涛 海燕 海峰 海军 海龙 海洋 海滨 文斌 文杰 文华 文军 文涛 文博 文静 永强 永红 永刚 永军
    永平 永生 永华 红梅 红霞 红军 红星 红卫 红兵 丽娜 丽华 丽丽 丽萍 春梅 春燕 春生 春华 秀英 秀兰 秀珍
    秀华 秀梅 秀芳 桂英 桂兰 桂芳 桂珍 玉兰 玉英 玉梅 玉珍 玉华 淑珍 淑英 淑华 淑兰 凤英 凤兰 玉龙 俊杰
    俊峰 俊华 德华 德明 明华 明辉 明亮 大伟 大勇 大鹏 新华 新民 新平 新明 金龙 金平 金凤 东升 东明 东平
    学军 学明 立军 立新 立平 卫东 卫国 卫华 卫平 卫星 爱国 爱军 爱民 爱华 爱萍 振华 振国 振宇 正华 家豪
    子轩 子涵 浩然 宇轩 欣怡 梓涵 一诺 佳琪 雨欣 婷婷 丹丹 鹏飞 少华 少军 世杰
    """.split()
)


def plain(name: str) -> str:
    """A name in NFKC without white space and quotation marks.

    >>> plain("《 太忻协议 》"), plain("韦 韬")
    ('太忻协议', '韦韬')
    """
    return re.sub(r"[\s《》〈〉“”‘’「」『』\"']", "", unicodedata.normalize("NFKC", name))


def organization(name: str) -> str:
    """The form of an organization's name that papers print, which stands for all its forms.

    >>> organization("中共太原市委员会"), organization("太原市人民政府"), organization("中共中央")
    ('太原市委', '太原市政府', '中共中央')
    """
    form = plain(name)
    equivalents = lexicon.table("organizations").get("equivalents", {})
    for pattern, press in _PRESS_FORMS:
        form = pattern.sub(press, form) or form
    return str(equivalents.get(form, form))


def is_relative(name: str) -> bool:
    """True for a body that means another one in every article: ``市委``, ``本报``, ``调研组``.

    >>> is_relative("市人大常委会"), is_relative("太原市委"), is_relative("区块链研究院"), is_relative("华为")
    (True, False, False, False)
    """
    return len(name) < 2 or bool(_RELATIVE.match(name))


def is_common_place(name: str) -> bool:
    return len(name) < 2 or bool(_COMMON_PLACES.match(name))


def is_common_document(name: str) -> bool:
    """True for a document whose name many documents bear: ``公告``, ``战略合作协议``; a law is one by its name.

    >>> is_common_document("战略合作协议"), is_common_document("刑法"), is_common_document("监察法实施条例")
    (True, False, False)
    """
    if name.endswith(("法", "法典")) and name not in ("办法", "方法"):
        return len(name) < 2
    return len(name) < 4 or bool(_COMMON_DOCUMENTS.match(name))


def is_partial_person(name: str) -> bool:
    """True for a part of a name (``王某``, ``姜大爷``), which means somebody else in every article."""
    return len(name) < 2 or bool(_PARTIAL_PERSON.search(name))


@cache
def _surname_ranks() -> dict[str, int]:
    return {surname: rank for rank, surname in enumerate(str(lexicon.table("names")["surnames"]))}


def is_common_person(name: str) -> bool:
    """True where many people bear the name, so that the name alone joins nobody.

    Two characters with one of the hundred most frequent surnames (nine tenths of all Chinese), or three whose given
    name is frequent as well.

    >>> is_common_person("张伟"), is_common_person("李建国"), is_common_person("殷雪鸢"), is_common_person("普京")
    (True, True, False, False)
    """
    rank = _surname_ranks().get(name[:1], 10_000)
    if len(name) == 2:
        return rank < 100
    return len(name) == 3 and rank < 100 and name[1:] in _FREQUENT_GIVEN


def area_code(name: str, near: str = "") -> str:
    """The GB/T 2260 code of the division that a name opens with, the innermost one; empty where none is known.

    >>> area_code("太原市委"), area_code("山西省"), area_code("外交部")
    ('140100', '140000', '')
    """
    code, rest = "", name
    while rest:
        for length in range(min(len(rest), 12), 1, -1):
            division = gazetteer.find(rest[:length], code or near)
            if division is not None and (not code or division.parent == code or division.code.startswith(code[:2])):
                code, rest = division.code, rest[length:]
                break
        else:
            break
    return code


def within(code: str, other: str) -> bool:
    """True when one area lies in the other: codes of six digits, ``0000`` and ``00`` at the end for what is above.

    >>> within("140100", "140000"), within("140100", "140105"), within("140100", "140900")
    (True, True, False)
    """
    low, high = sorted((_significant(code), _significant(other)), key=len)
    return high.startswith(low)


def _significant(code: str) -> str:
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def text_digest(article: Article) -> str:
    """What two prints of one text share, whatever their files are called (40 hex digits)."""
    return vocab.digest(re.sub(r"\s+", "", article.text), length=40)
