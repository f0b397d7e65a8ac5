"""Makes docs/pictures/ anew from what the bot sends: `make pictures`. Needs Chromium and Noto's CJK fonts.

Beside the pictures stands `made_from.json`, the mark of each page, by which a test sees that a picture is stale.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops
from support.places import NOW, ROOT, SEEDS
from support.running import Bot
from support.scenes import ROSTER, Shot, shots
from support.slack import StandIn

from bot.bootstrap import build_asker
from store.intake import candidates
from store.library import Library

PICTURES = ROOT / "docs" / "pictures"
MADE_FROM = PICTURES / "made_from.json"
OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1.5")
COLOURS = 128
TALLEST = 3000  # pixels; what is below the page is cut off


def main() -> None:
    """Make every picture, or say what is missing."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        sys.exit("make pictures needs a Chromium: apt-get install chromium fonts-noto-cjk")
    PICTURES.mkdir(exist_ok=True)
    made = _shots()
    for shot in made:
        _trimmed(_screenshot(browser, shot)).save(PICTURES / f"{shot.name}.png", optimize=True)
    MADE_FROM.write_text(json.dumps({shot.name: shot.mark for shot in made}, indent=1) + "\n", encoding="utf-8")


def _shots() -> list[Shot]:
    with tempfile.TemporaryDirectory() as folder, StandIn() as slack:
        library = Library.open(str(Path(folder, "seeds.db")), create=True)
        list(library.ingest(candidates([str(SEEDS)]), NOW))
        bot = Bot(build_asker(library), slack, roster=ROSTER)
        try:
            return shots(slack, bot)
        finally:
            bot.finish()
            library.close()


def _screenshot(browser: str, shot: Shot) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        page, picture = Path(folder, "page.html"), Path(folder, "page.png")
        page.write_text(shot.page, encoding="utf-8")
        size = f"--window-size={400 if shot.phone else 680},{TALLEST}"
        command = [browser, *OPTIONS, size, f"--screenshot={picture}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True)
        return picture.read_bytes()


def _trimmed(picture: bytes) -> Image.Image:
    """Without the white below, in few colours: a tenth of the size."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    inked = ImageChops.difference(image, Image.new("RGB", image.size, "white")).getbbox()
    bottom = (inked or (0, 0, 0, 0))[3] + 24
    return image.crop((0, 0, image.width, min(bottom, image.height))).quantize(COLOURS)


if __name__ == "__main__":
    main()
