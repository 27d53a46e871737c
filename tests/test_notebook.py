"""The notebook runs from its first cell to its last, without a network, and shows what it promises."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "notebooks"


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_runs_to_its_end(path: Path) -> None:
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert any("image/png" in output.get("data", {}) for output in outputs), "no plot"
    assert "".join(outputs[-1]["data"]["text/plain"]) == "[]", "a quotation does not stand in its source"
    assert not any(output.get("name") == "stderr" for output in outputs), "warnings"


def test_there_is_a_notebook() -> None:
    assert list(FOLDER.glob("*.ipynb"))
