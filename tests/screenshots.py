"""Pictures of the site for the README and the handbooks: python -m tests.screenshots [FOLDER] [--all].

The site is served as it ships, from a database of its own, and looked at in Chromium. With --all, every kind of page is
taken on a phone and a desk, in light, dark and on paper, to be looked over.
"""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import django

os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
django.setup()

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.test.testcases import LiveServerThread
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests import desk_pictures, newsroom_pictures
from tests.pages import KINDS
from tests.tools import program


class Shot(NamedTuple):
    name: str
    path: str
    width: int = 1280
    height: int = 900
    scheme: str = "light"
    whole: bool = False


FOR_THE_README = [
    Shot("home", "/"),
    Shot("article", "/articles/muscle-twitching/"),
    Shot("cause", "/causes/low-magnesium/"),
    Shot("medicines", "/medicines/"),
    Shot("home-phone", "/", 360, 740),
    Shot("article-phone-dark", "/articles/muscle-twitching/", 360, 740, "dark"),
]
PAPER = "paper"


def every_kind() -> Iterator[Shot]:
    for name, path in {**KINDS, "not found": "/nowhere/"}.items():
        for width, height in ((360, 740), (1280, 900)):
            for scheme in ("light", "dark"):
                yield Shot(f"{name}-{width}-{scheme}", path, width, height, scheme, whole=True)
        yield Shot(f"{name}-paper", path, scheme=PAPER)


def take(shots: list[Shot], folder: Path, address: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = program("chromium", missing="there is no Chromium here; on Debian: apt-get install chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for shot in shots:
            scheme = "light" if shot.scheme == PAPER else shot.scheme
            page = browser.new_page(
                viewport={"width": shot.width, "height": shot.height},
                color_scheme=scheme,  # type: ignore[arg-type]
                reduced_motion="reduce",
            )
            page.goto(f"{address}{shot.path}")
            if shot.scheme == PAPER:
                page.pdf(path=folder / f"{shot.name}.pdf", format="A4", print_background=False)
            else:
                save(page, folder / f"{shot.name}.png", whole=shot.whole)
            page.close()
        for pictures in (newsroom_pictures.pictures, desk_pictures.pictures):
            for name, desk in pictures(browser, address):
                save(desk, folder / f"{name}.png")
        browser.close()


def save(page: Page, file: Path, *, whole: bool = False) -> None:
    page.screenshot(path=file, full_page=whole)
    Image.open(file).quantize(128).save(file, optimize=True)  # a third of the size, and looks the same


def main() -> None:
    parser = argparse.ArgumentParser(description="Take pictures of the site.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("docs/screenshots"))
    parser.add_argument("--all", action="store_true", help="every kind of page, to be looked over")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    call_command("import_content", verbosity=0)
    settings.ALLOWED_HOSTS += ["127.0.0.1"]
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    take(list(every_kind()) if options.all else FOR_THE_README, options.folder, f"http://127.0.0.1:{server.port}")
    server.terminate()


if __name__ == "__main__":
    main()
