import io
import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from PIL import Image

from articles import linking
from articles.search import vocabulary
from causes.lookup import current_names
from comments.models import SavedText

# Examples run in one transaction each, with no deadline: how fast a machine is must not decide a test.
hypothesis_settings.register_profile(
    "default",
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
hypothesis_settings.load_profile("default")

OURS = ("articles.", "causes.", "comments.")

# Playwright's synchronous API runs an event loop in this thread, which Django takes for an asynchronous context.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """SQLite is emptied between the tests of a live server by deleting rows: those that are records have to let it."""
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER audit_refuses_delete")
            cursor.execute("DROP TRIGGER revision_refuses_delete")


@pytest.fixture(scope="session")
def load_shipped(django_db_setup: None, django_db_blocker: Any) -> Callable[[], None]:
    """A function that loads the site as it ships: imported once, kept in tables of its own, and copied from there."""
    models = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith(OURS)]
    tables = [model._meta.db_table for model in models]
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        call_command("import_content", verbosity=0)
        for table in tables:
            cursor.execute(f"CREATE TABLE shipped_{table} AS SELECT * FROM {table}")
        call_command("flush", interactive=False, verbosity=0)

    def load() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            SavedText.objects.all().delete()  # which a migration fills in, and a flush takes away
            for table in tables:
                cursor.execute(f"INSERT INTO {table} SELECT * FROM shipped_{table}")
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)

    return load


@pytest.fixture(scope="module")
def content(load_shipped: Callable[[], None], django_db_blocker: Any) -> Iterator[None]:
    """The site as it ships, loaded once for a module; each of its tests, marked django_db, is rolled back alone."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_shipped()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _media(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def png() -> SimpleUploadedFile:
    """A picture two pixels wide and one high."""
    file = io.BytesIO()
    Image.new("RGB", (2, 1)).save(file, "PNG")
    return SimpleUploadedFile("calf.png", file.getvalue(), "image/png")


@pytest.fixture
def counting() -> Any:
    """A function that says how many queries a call makes; savepoints are no queries.

    The process knows what it keeps in memory, as each does but for its first page after a publication.
    """

    def count(call: Any) -> int:
        for kept in (linking.now, vocabulary.current, current_names):
            kept()
        with CaptureQueriesContext(connection) as queries:
            assert call().status_code in {200, 302}
        return sum("SAVEPOINT" not in query["sql"] for query in queries)

    return count


@pytest.fixture
def chief(db: None) -> Any:
    """Somebody who may do everything."""
    return get_user_model().objects.create_superuser("chief", password="secret")


@pytest.fixture
def editor(client: Any, chief: Any) -> "Editor":
    client.force_login(chief)
    return Editor(client)


class Editor:
    """Somebody at the admin's forms: reads a form as a browser would, and sends it back with some fields changed."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def url(self, obj: Any) -> str:
        return f"/admin/{obj._meta.app_label}/{obj._meta.model_name}/{obj.pk}/change/"

    def form(self, obj: Any) -> dict[str, Any]:
        response = self.client.get(self.url(obj))
        assert response.status_code == 200
        return form_fields(response.content)

    def send(self, obj: Any, button: str = "_continue", **changes: Any) -> Any:
        """Submit the form of `obj` with `changes`; the fields of a formset are named with __ for each hyphen."""
        changes = {name.replace("__", "-"): value for name, value in changes.items()}
        return self.client.post(self.url(obj), self.form(obj) | changes | {button: "1"}, follow=True)

    def save(self, obj: Any, **changes: Any) -> list[str]:
        return messages(self.send(obj, "_continue", **changes))

    def publish(self, obj: Any, **changes: Any) -> list[str]:
        return messages(self.send(obj, "_publish", **changes))

    def answer(self, url: str, **more: Any) -> Any:
        """Open the page that asks whether it is meant, and send its form."""
        form: Any = BeautifulSoup(self.client.get(url).content, "html.parser").select_one("#content form")
        asked = {field["name"]: field["value"] for field in form.select("[name][value]")} if form else {}
        return self.client.post(url, asked | more, follow=True)


def messages(response: Any) -> list[str]:
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    assert not soup.select(".errorlist"), soup.select(".errorlist")
    return [item.get_text() for item in soup.select(".messagelist li")]


def form_fields(html: bytes) -> dict[str, Any]:
    """What a browser would send of the admin's form, if nobody touched it."""
    form: Any = BeautifulSoup(html, "html.parser").find("form", id=re.compile("_form$"))
    fields: dict[str, Any] = {}
    for element in form.find_all(["input", "textarea", "select"]):
        name = element.get("name")
        if not name or "__prefix__" in name or element.get("type") in {"submit", "file"}:
            continue
        if element.name == "select":
            chosen = [option["value"] for option in element.find_all("option") if option.has_attr("selected")]
            fields[name] = chosen if element.has_attr("multiple") else (chosen or [""])[0]
        elif element.name == "textarea":
            fields[name] = element.get_text().removeprefix("\n").replace("\n", "\r\n")
        elif element.get("type") != "checkbox" or element.has_attr("checked"):
            fields[name] = element.get("value", "on" if element.get("type") == "checkbox" else "")
    return fields
