"""What readers see when there is nothing to show, or something broke."""

import pytest
from django.test import Client


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/articles/nothing/", "/causes/nothing/", "/articles/%00/", "/articles/A%20B/"]
)
def test_unknown_page_helps_the_reader_on(client, db, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "There is no page here" in response.content.decode()


def test_failure_tells_the_reader_calmly(monkeypatch, db, settings):
    def fail(*args):
        raise RuntimeError("secret")

    monkeypatch.setattr("articles.models.Article.objects.for_list", fail)
    response = Client(raise_request_exception=False).get("/articles/")
    assert response.status_code == 500
    text = response.content.decode()
    assert "Something went wrong on our side" in text
    assert "secret" not in text


def test_empty_site_is_still_a_site(client, db):
    for path in ("/", "/articles/", "/causes/"):
        assert client.get(path).status_code == 200


def test_failure_names_the_emergency_numbers_without_the_database():
    response = Client(raise_request_exception=False).get("/")  # this test asked for no database, so it fails there
    assert response.status_code == 500
    assert b"tel:999" in response.content


def test_styleguide_is_there_in_debug_mode_alone(client, db, settings):
    assert client.get("/styleguide/").status_code == 404
    settings.DEBUG = True
    response = client.get("/styleguide/")
    assert response.status_code == 200
    assert response.content.decode().count("<svg") > 5


def test_failure_is_told_even_when_the_list_of_static_files_is_lost(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "fasciculations.storage.StaticStorage"},
    }
    response = Client(raise_request_exception=False).get("/numbers/")  # which needs nothing else that could be lost
    assert response.status_code == 500
    assert b"tel:999" in response.content
