"""The site in a real browser: Debian's Chromium, driven by Playwright against a live server."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.tools import program

FOLDER = Path(__file__).parent
PATIENCE = 30_000  # milliseconds: how fast a machine is must not decide a test


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = program("chromium", missing="there is no Chromium here; on Debian: apt-get install chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of; a test that provokes a complaint takes it out."""
    return []


@pytest.fixture
def open_page(browser: Browser, live_server: Any, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """A function that opens a page as somebody new, who shares nothing with those before.

    The console must stay silent, and nothing may be asked of another server.
    """
    contexts: list[BrowserContext] = []

    def open_page(path: str = "", **options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("console", lambda message: note(message.type in {"error", "warning"}, message.text))
        context.on("weberror", lambda event: note(True, str(event.error)))
        context.on("request", lambda request: note(is_foreign(request.url), f"asked for {request.url}"))
        page = context.new_page()
        if path:
            page.goto(path)
        return page

    def note(is_complaint: bool, text: str) -> None:
        if is_complaint:
            complaints.append(text)

    def is_foreign(url: str) -> bool:
        return not url.startswith((f"{live_server.url}/", "data:", "blob:"))

    yield open_page
    for context in contexts:
        context.close()
    wait_for_server()
    assert not complaints


def wait_for_server() -> None:
    """Until the live server has answered whatever the browser had asked of it: one that still writes would meet the
    emptying of the database that follows. Each of its connections is a thread, which ends when the browser hangs up.
    """
    deadline = time.monotonic() + PATIENCE / 1000
    while answering := [thread for thread in threading.enumerate() if "process_request_thread" in thread.name]:
        assert time.monotonic() < deadline, "the server still answers, though no browser asks"
        for thread in answering:
            if thread.is_alive():  # one that is just starting cannot be joined yet: it is met again
                thread.join(PATIENCE / 1000)


@pytest.fixture
def shipped(load_shipped: Callable[[], None], transactional_db: None) -> None:
    """The site's own text."""
    load_shipped()


@pytest.fixture
def desk(open_page: Callable[..., Page], chief: Any) -> Page:
    """The page of somebody who has signed in to the admin and may do everything."""
    page = open_page("/admin/")
    page.get_by_label("Username").fill("chief")
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("/admin/")
    return page
