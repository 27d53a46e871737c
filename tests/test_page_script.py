"""The page's own script: its unit tests, and whether what is built is what its source gives."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ASSETS = Path(__file__).parent.parent / "kg" / "page" / "assets"
NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None and not os.environ.get("CI"), reason="needs Node 20 (apt: nodejs)")


@needs_node
def test_unit_tests_of_the_script():
    run = subprocess.run([NODE or "node", "--test", "test/"], cwd=ASSETS, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-2000:]


@needs_node
@pytest.mark.skipif(not (ASSETS / "node_modules").is_dir(), reason="needs `npm ci` in kg/page/assets")
def test_lint_and_built_files_are_up_to_date():
    run = subprocess.run(["npm", "run", "-s", "check"], cwd=ASSETS, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-2000:]


def test_no_module_makes_markup_from_text():
    for path in (ASSETS / "src").glob("*.js"):
        text = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(
            r"\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function", text
        ), path


def test_modules_stay_readable():
    for path in (ASSETS / "src").glob("*.js"):
        assert len(path.read_text(encoding="utf-8").splitlines()) < 600, path


def test_the_lock_file_names_no_place_to_fetch_from():
    lock = json.loads((ASSETS / "package-lock.json").read_text(encoding="utf-8"))
    assert lock["packages"]
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]


def test_licences_of_what_is_bundled_are_shipped():
    text = (ASSETS / "built" / "LICENSES.txt").read_text(encoding="utf-8")
    for name in ("sigma", "graphology", "events", "echarts", "pinyin-pro"):
        assert re.search(rf"^{name} \d", text, re.MULTILINE)
    assert "Copyright" in (ASSETS / "built" / "page-sigma.js").read_text(encoding="utf-8")[:2000]
