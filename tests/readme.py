"""The README's shell sessions: run as they stand.

``python -m tests.readme`` puts what they print now in the README, and a new picture of the page beside the sample.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
_BLOCK = re.compile(r"(?<=```console\n)\$ (?P<command>.*)\n(?P<output>(?:.*\n)*?)(?=```)")


class Session(NamedTuple):
    """A command of the README and what the README says it prints."""

    command: str
    output: str


def sessions(text: str) -> list[Session]:
    """Every console block, one command each, in order: later ones use what earlier ones built."""
    return [Session(match["command"], match["output"]) for match in _BLOCK.finditer(text)]


def play(commands: list[str]) -> list[str]:
    """What the commands print, one after the other, in a fresh folder with the sample page in ``data/``."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "data", Path(folder) / "data")
        environment = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "LANG": "C.UTF-8",
        }
        return [
            subprocess.run(
                ["bash", "-o", "pipefail", "-c", command], cwd=folder, env=environment, capture_output=True, check=True
            )
            .stdout.decode()
            .replace("\r\n", "\n")
            for command in commands
        ]


def updated(text: str) -> str:
    """The README with what its commands print now."""
    outputs = iter(play([session.command for session in sessions(text)]))
    return _BLOCK.sub(lambda match: f"$ {match['command']}\n{next(outputs)}", text)


def take_picture(to: Path) -> None:
    """The page of the sample as Chromium shows it."""
    from playwright.sync_api import sync_playwright

    from kg.pipeline import build

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        out = Path(folder) / "out"
        build([ROOT / "data" / "taiyuan-daily.txt"], out)
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto((out / "graph.html").as_uri())
        page.wait_for_timeout(3000)
        page.screenshot(path=to)
        browser.close()


if __name__ == "__main__":
    README.write_text(updated(README.read_text(encoding="utf-8")), encoding="utf-8")
    take_picture(ROOT / "data" / "graph.png")
