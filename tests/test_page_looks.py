"""What the page looks like, against stored pictures, within a tolerance.

KG_LOOKS=write pytest tests/test_page_looks.py    stores the pictures anew; look at them before they are committed
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from tests.browser_chromium import DESKTOP, NEEDS_CHROMIUM, PHONE, browser, page_file, visit

__all__ = ["browser", "page_file", "visit"]  # fixtures
pytestmark = [pytest.mark.browser, NEEDS_CHROMIUM]

STORED = Path(__file__).parent / "browser_looks"
SHRINK = 4
TOLERANCE = 0.02
"""Mean difference of grey values (0..1) that font rendering may make; a panel that is missing makes 0.05 and more."""
LOOKS = {
    "graph": ("taiyuan", DESKTOP, ""),
    "person": ("taiyuan", DESKTOP, "#node=person%2F韦韬"),
    "table": ("taiyuan", DESKTOP, "#view=table"),
    "map": ("taiyuan", DESKTOP, "#view=map"),
    "path": ("taiyuan", DESKTOP, "#pathFrom=person%2F林武&pathTo=organization%2F马兰矿"),
    "phone": ("taiyuan", PHONE, ""),
    "phone-person": ("taiyuan", PHONE, "#node=person%2F韦韬"),
    "large": ("large-1000", DESKTOP, ""),
}


@pytest.mark.parametrize("look", LOOKS)
def test_the_page_looks_as_stored(visit, look):
    from PIL import Image, ImageChops, ImageStat

    name, viewport, fragment = LOOKS[look]
    page = visit(name, viewport, fragment)
    page.wait_for_timeout(700)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("L")
    small = picture.resize((picture.width // SHRINK, picture.height // SHRINK), Image.Resampling.BOX)
    path = STORED / f"{look}.png"
    if os.environ.get("KG_LOOKS") == "write":
        STORED.mkdir(exist_ok=True)
        small.save(path, optimize=True)
    difference = ImageStat.Stat(ImageChops.difference(small, Image.open(path).convert("L"))).mean[0] / 255
    assert difference <= TOLERANCE
