"""The house's order: rooms import from lower floors only, nothing imports itself through others, none grows too big."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import kg

PACKAGE = Path(kg.__file__).parent
FLOORS = (
    ("errors",),
    ("model",),
    ("vocab",),
    ("language", "read"),
    ("analysis",),
    ("extract",),
    ("resolve",),
    ("graph", "evaluation"),
    ("page", "evaluation"),
    ("pipeline",),
    ("cli",),
    ("__main__",),
)
"""Rooms of the package from low to high; rooms of one floor do not know each other."""
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
LONGEST = 600
"""Lines of a module; about 400 is the aim, and what is longer than this holds two things."""

MODULES = sorted(path for path in PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """``kg.graph.rdf`` for ``kg/graph/rdf.py``."""
    parts = list(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path) for path in MODULES}


def imports(source: str, *, lazy: bool = True) -> set[str]:
    """Modules of the package that a source text imports, inside functions too where ``lazy``."""
    found: set[str] = set()
    nodes: list[ast.AST] = [ast.parse(source)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            found.update(
                f"{node.module}.{alias.name}" if f"{node.module}.{alias.name}" in NAMES else str(node.module)
                for alias in node.names
            )
        elif not lazy and _waits(node):
            continue
        nodes.extend(ast.iter_child_nodes(node))
    return {module for module in found if module == "kg" or module.startswith("kg.")}


def _waits(node: ast.AST) -> bool:
    """Whether what stands in a node does not run when its module is imported."""
    if isinstance(node, ast.If):
        return "TYPE_CHECKING" in ast.dump(node.test)
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def test_every_room_has_a_floor() -> None:
    rooms = {room(name) for name in NAMES} - {""}
    assert rooms <= LEVEL.keys()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_room_imports_from_lower_floors_only(path: Path) -> None:
    own = room(name_of(path))
    if not own:
        assert imports(path.read_text(encoding="utf-8")) == set(), (
            "the package itself imports nothing, so that it is light"
        )
        return
    for module in imports(path.read_text(encoding="utf-8")):
        other = room(module)
        assert other in ("", own) or LEVEL[other] < LEVEL[own], f"{name_of(path)} imports {module}"


def test_the_guard_sees_an_upward_import_wherever_it_hides() -> None:
    source = "def late():\n    if True:\n        from kg.pipeline.build import build\n    import kg.cli\n"
    assert {room(module) for module in imports(source)} == {"pipeline", "cli"}
    assert imports(source, lazy=False) == set()


def test_no_module_imports_itself_through_others() -> None:
    graph = {name_of(path): imports(path.read_text(encoding="utf-8"), lazy=False) - {"kg"} for path in MODULES}
    # A package's own __init__ is loaded before any of its modules: it may use them, they may not use it.
    for name, used in graph.items():
        used.discard(name)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"import circle: {' -> '.join(error.args[1])}")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_grows_too_big(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_room_for_leftovers(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "common", "misc"}
