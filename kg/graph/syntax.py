"""What is wrong with a SPARQL query, in words: place, what stood there, what was expected.

Oxigraph, which runs the queries, reports where its parser gave up, which is some keywords further on. rdflib's grammar
knows the farthest character that any of its tokens could not read, which is where a person has to look.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Collection, Iterator
from typing import Any, Final

_TOKEN: Final = re.compile(
    r"""(?P<iri><[^<>"{}|^`\\\s]*>)
      | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
                  | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
      | (?P<comment>\#[^\n\r]*)
      | (?P<variable>[?$]\w+)
      | (?P<name>(?:[^\W\d_][\w.·-]*)?:(?:[\w:](?:[\w.:·-]|\\[^\w])*)?)
      | (?P<word>[^\W\d]\w*)""",
    re.VERBOSE,
)
"""The tokens of SPARQL that matter here (SPARQL 1.1, section 19.8): what is not inside an IRI, string or comment."""

_UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"})
_lock: Final = threading.Lock()  # diagnosing hangs hooks on rdflib's one grammar


def _tokens(sparql: str) -> Iterator[re.Match[str]]:
    return (match for match in _TOKEN.finditer(sparql) if match.lastgroup != "comment")


def _words(sparql: str) -> Iterator[re.Match[str]]:
    return (match for match in _tokens(sparql) if match.lastgroup == "word")


def find_service(sparql: str) -> int | None:
    """Where a query asks another endpoint (``SERVICE``), which this tool, working offline, does not do.

    >>> find_service("SELECT * { ?x a 'SERVICE' }"), find_service("SELECT * { SERVICE <http://a> { ?x ?y ?z } }")
    (None, 11)
    """
    return next((match.start() for match in _words(sparql) if match.group().upper() == "SERVICE"), None)


def place(sparql: str, offset: int) -> str:
    r"""An offset for people.

    >>> place("SELECT\n  x", 9)
    'line 2, column 3'
    """
    before = sparql[:offset]
    return f"line {before.count(chr(10)) + 1}, column {offset - before.rfind(chr(10))}"


def diagnose(sparql: str, message: str, prefixes: Collection[str]) -> str:
    """One line on what is wrong with a query that Oxigraph did not accept.

    Args:
        message: what Oxigraph says.
        prefixes: those that need no declaration.
    """
    verb = next((match for match in _words(sparql) if match.group().upper() not in ("PREFIX", "BASE")), None)
    if verb and verb.group().upper() in _UPDATES:
        return f"{place(sparql, verb.start())}: {verb.group()} changes a store, this one is read only; use SELECT, ASK, CONSTRUCT or DESCRIBE"
    offset, expected = _farthest(_declared(sparql, prefixes))
    if offset is not None:
        offset -= len(_declared(sparql, prefixes)) - len(sparql)
        found = re.match(r"\S{1,20}", sparql[offset:]) if 0 <= offset < len(sparql) else None
        there = f"found {found.group()!r}" if found else "the query ends"
        return f"{place(sparql, max(offset, 0))}: {there}, expected {expected}"
    unknown = _undeclared(sparql, prefixes)
    if unknown:
        known = ", ".join(f"{prefix}:" for prefix in sorted(prefixes))
        return f"{place(sparql, unknown.start())}: prefix of {unknown.group()!r} is not declared; known without PREFIX: {known}"
    return _meaning(message)


def _meaning(message: str) -> str:
    """What Oxigraph says of a query whose grammar is right: it hides the sentence among the tokens it would have read."""
    match = re.match(r"error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)", message, re.DOTALL)
    if not match:
        return " ".join(message.split())
    parts = [" ".join(part.split()) for part in match[3].split(", ")]
    sentences = [part for part in parts if re.match(r"[A-Z][A-Za-z]+ ", part)]
    return f"line {match[1]}, before column {match[2]}: {'; '.join(sentences) or ', '.join(parts)}"


def _declared(sparql: str, prefixes: Collection[str]) -> str:
    """The query as rdflib has to see it: with the prefixes that need no declaration, on no line of their own."""
    return "".join(f"PREFIX {prefix}: <x:> " for prefix in sorted(prefixes)) + sparql


def _undeclared(sparql: str, prefixes: Collection[str]) -> re.Match[str] | None:
    declared = {*prefixes}
    after_prefix = False
    for match in _tokens(sparql):
        if match.lastgroup == "name":
            prefix = match.group().partition(":")[0]
            if after_prefix:
                declared.add(prefix)
            elif prefix not in declared:
                return match
        after_prefix = match.lastgroup == "word" and match.group().upper() == "PREFIX"
    return None


def _farthest(sparql: str) -> tuple[int | None, str]:
    """The farthest place that rdflib's grammar could not read, and what it would have read there.

    ``None`` where the grammar accepts the query.
    """
    from pyparsing import ParseBaseException, Token
    from rdflib.plugins.sparql import parser

    farthest, expected = -1, set[str]()

    def failed(text: str, start: int, element: Any, error: Any) -> None:
        nonlocal farthest
        offset = error.loc
        while offset < len(text) and text[offset].isspace():
            offset += 1
        if offset > farthest:
            farthest = offset
            expected.clear()
        if offset == farthest:
            expected.add(str(element.name))

    with _lock:
        elements: Iterator[Any] = parser.QueryUnit.visit_all()  # type: ignore[no-untyped-call]
        tokens = [element for element in elements if isinstance(element, Token)]
        for token in tokens:
            token.set_fail_action(failed)
        try:
            parser.parseQuery(sparql)
        except ParseBaseException:
            return farthest, _expectation(expected)
        except Exception:
            return None, ""
        finally:
            for token in tokens:
                token.failAction = None
    return None, ""


def _expectation(tokens: Collection[str]) -> str:
    """Names of grammar tokens as a phrase: variables, IRIs and literals by what they are, keywords as they are."""
    phrases: list[str] = []
    keywords = {token.strip("'\"") for token in tokens if not token.startswith("Re:")}
    patterns = [token for token in tokens if token.startswith("Re:")]
    if keywords & {"?", "$"}:
        phrases.append("a variable")
    if keywords & {"<", ":"}:
        phrases.append("an IRI")
    if any('"' in pattern and "\\\\" in pattern for pattern in patterns):
        phrases.append("a string")
    if any("[0-9]+" in pattern for pattern in patterns):
        phrases.append("a number")
    words = sorted(keywords - {"?", "$", "<", ":"})
    words = [word for word in words if word != "SERVICE"]  # which this tool does not answer
    if sum(word.isidentifier() for word in words) > 12:
        phrases.append("a function")
        words = [word for word in words if not word.isidentifier()]
    phrases += [word if word.isidentifier() else f"'{word}'" for word in words]
    return " or ".join([", ".join(phrases[:-1]), phrases[-1]] if len(phrases) > 1 else phrases) or "something else"
