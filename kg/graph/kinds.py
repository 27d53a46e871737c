"""What an entity is besides a person, body or place: read off its own name, and off the gazetteer for divisions.

Neither is news: nothing here needs a quotation, since nothing here is said by an article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final

from pyoxigraph import Literal, Triple

from kg import vocab
from kg.graph.terms import iri, string
from kg.language import gazetteer
from kg.language.gazetteer import Division
from kg.model import ResolvedEntity

# What the end of a body's name says of it; the first that fits. From the suffixes of official Chinese names; a name
# that fits none stays a plain org:Organization.
_BODIES: Final = tuple(
    (re.compile(rf"(?:{pattern})$"), vocab.KG + name)
    for pattern, name in (
        (r"纪委|纪检委|监委|纪委监委|纪律检查委员会|监察委员会", "DisciplineCommission"),
        (r"人大|人大常委会|人民代表大会|人民代表大会常务委员会", "Legislature"),
        (r"政协|政协委员会|政协常委会", "ConsultativeConference"),
        (r"(?:中共中央|党中央|^中央)(?:政治局|政治局常委会|书记处|办公厅|组织部|宣传部|统战部|政法委|社会工作部|党校)", "PartyCommittee"),
        (r"法院", "Court"),
        (r"检察院", "Procuratorate"),
        (r"(?:委|党委|党组|党工委)(?:组织部|宣传部|统战部|政法委|办公厅|办公室|党校)|中共中央|党中央|党委|党组|党工委", "PartyCommittee"),
        (r"(?<![教卫发经政国改建])[省市县区州盟旗镇乡]委", "PartyCommittee"),
        (r"政府|国务院", "Government"),
        (r"研究院|研究所|科学院|社科院", "PublicInstitution"),
        (r"大学|学院|学校|中学|小学|幼儿园|党校", "School"),
        (r"医院|卫生院|卫生服务中心", "Hospital"),
        (r"日报|晚报|时报|早报|晨报|周报|新闻社|新华社|通讯社|电视台|电台|广播电视总台|融媒体中心", "NewsMedium"),
        (r"公司|集团|银行|企业|厂", "Enterprise"),
        (r"部队|军区|武警|海军|空军|陆军|火箭军|武警\w*[支总]队|舰队|战区", "MilitaryUnit"),
        (r"总工会|工会|妇联|共青团|团委|团市委|团省委|协会|学会|联合会|商会|红十字会|基金会|残联|文联|科协", "MassOrganization"),
        (r"[局厅]|委员会|办公厅|办公室|外交部|教育部|财政部|商务部|公安部|司法部|水利部|农业农村部|生态环境部|发改委|国资委|卫健委", "GovernmentDepartment"),
        (r"中心|博物馆|图书馆|服务站", "PublicInstitution"),
    )
)  # fmt: skip

BODY_CLASSES: Final = tuple(sorted({name for _, name in _BODIES}))


@lru_cache(maxsize=16384)
def body_class(name: str) -> str:
    """The class of an organization by its name, empty where the name does not say.

    >>> body_class("太原市委").rpartition("#")[2], body_class("教育部").rpartition("#")[2], body_class("北约")
    ('PartyCommittee', 'GovernmentDepartment', '')
    """
    return next((class_ for pattern, class_ in _BODIES if pattern.search(name)), "")


@cache
def _divisions() -> Mapping[str, Division]:
    """Divisions by the local name under which places are minted: the parent's name comes first where a name is shared."""
    shared = Counter(division.name for division in gazetteer.divisions().values())
    found: dict[str, Division] = {}
    for division in gazetteer.divisions().values():
        above = gazetteer.parent(division)
        prefix = above.name if above and shared[division.name] > 1 else ""
        found[vocab.local_name(f"{prefix}{division.name}")] = division
    return found


def triples(base: str, entity: ResolvedEntity) -> Iterator[Triple]:
    """Class of a body; code and coordinates of an administrative division."""
    node = iri(vocab.entity_iri(base, entity.id))
    if entity.type == "organization" and body_class(entity.name):
        yield Triple(node, iri(vocab.RDF + "type"), iri(body_class(entity.name)))
    if entity.type == "place":
        division = _divisions().get(entity.id.partition("/")[2])
        if division is None or division.name != entity.name:
            return
        yield Triple(node, iri(vocab.RDF + "type"), iri(vocab.SCHEMA + "AdministrativeArea"))
        yield Triple(node, iri(vocab.KG + "adcode"), string(division.code))
        if division.parent:
            yield Triple(node, iri(vocab.KG + "parentAdcode"), string(division.parent))
        if division.longitude is not None and division.latitude is not None:
            decimal = iri(vocab.XSD + "decimal")
            yield Triple(node, iri(vocab.SCHEMA + "longitude"), Literal(f"{division.longitude:.5f}", datatype=decimal))
            yield Triple(node, iri(vocab.SCHEMA + "latitude"), Literal(f"{division.latitude:.5f}", datatype=decimal))
