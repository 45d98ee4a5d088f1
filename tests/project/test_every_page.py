"""Every page of the site as it ships: reached by links, valid HTML, light."""

import gzip
import json
import re
import subprocess

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from articles.models import Article, Author, Page, Tag
from causes.models import Cause
from tests.pages import KINDS, crawl
from tests.tools import checker, program

pytestmark = pytest.mark.django_db

HTML_LIMIT = 60_000  # bytes of the longest article
FIRST_VIEW_LIMIT = 60_000  # bytes of its first view on the wire, with its styles and pictures


@pytest.fixture
def pages(client, content):
    return crawl(client)


def test_links_lead_to_every_page_there_is(pages):
    rows = [*Page.objects.live(), *Author.objects.all(), *Tag.objects.in_use()]
    assert len(rows) > 150
    forms = {f"{row.path}comments/write/" for model in (Article, Cause) for row in model.objects.live()}
    assert {row.path for row in rows} | set(KINDS.values()) | forms == set(pages)


def test_every_anchor_is_there_and_every_id_comes_once(pages):
    soups = {path: BeautifulSoup(content, "html.parser") for path, content in pages.items()}
    ids = {path: [element["id"] for element in soup.select("[id]")] for path, soup in soups.items()}
    assert {path: found for path, found in ids.items() if len(found) != len(set(found))} == {}
    links = [(path, link["href"]) for path, soup in soups.items() for link in soup.select("a[href*='#']")]
    assert len(links) > 500
    lost = [(path, href) for path, href in links if (target := href.split("#"))[1] not in ids[target[0] or path]]
    assert lost == []


def test_html_is_valid(pages, client, tmp_path):
    java = program("java", missing="there is no Java here; on Debian: apt-get install default-jre-headless")
    for number, content in enumerate([*pages.values(), client.get("/nowhere/").content]):
        (tmp_path / f"{number}.html").write_bytes(content)
    command = [java, "-jar", checker("vnu.jar"), "--format", "json", "--exit-zero-always", "--skip-non-html", tmp_path]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    names = [*pages, "/nowhere/"]
    messages = [
        f"{names[int(re.search(r'([0-9]+).html', found['url'])[1])]}: {found['message']}: {found.get('extract')}"
        for found in json.loads(result.stderr)["messages"]
    ]
    assert messages == []


def test_longest_article_is_light(pages):
    assert max(len(content) for path, content in pages.items() if path.startswith("/articles/")) < HTML_LIMIT


def test_first_view_is_light(pages):
    """What a reader waits for, as it is sent: the page, all styles, and the pictures of the first view."""
    static = settings.BASE_DIR / "static"
    files = [*static.glob("css/**/*.css"), *static.glob("img/*.svg")]
    styles = [file.read_bytes() for file in files if not file.name.startswith("admin")]
    assert len(styles) > 20
    sent = [len(gzip.compress(content)) for content in (pages[KINDS["article"]], *styles)]
    assert sum(sent) < FIRST_VIEW_LIMIT
