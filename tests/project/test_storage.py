"""Static files as collectstatic leaves them: one stylesheet, compressed, with every address in it leading to a file."""

import json
import re

import pytest
from django.core.management import call_command

from fasciculations.storage import STYLESHEET


@pytest.fixture
def collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": "fasciculations.storage.StaticStorage"}}
    settings.STORAGES = storages

    def collect():
        call_command("collectstatic", interactive=False, verbosity=0)
        names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
        return tmp_path / names[STYLESHEET]

    return collect


def test_stylesheet_is_one_file_with_all_its_layers(collected):
    file = collected()
    text = file.read_text()
    assert "@import" not in text
    assert ".help-card" in text
    assert text.index("@layer tokens {") < text.index("@layer base {") < text.index("@layer print {")
    assert text.count("{") == text.count("}")
    for name in re.findall(r'url\("([^"]+)"\)', text):
        assert (file.parent / name).exists(), name
    assert file.with_name(f"{file.name}.br").stat().st_size < 15_000


def test_collecting_again_gives_the_same_file(collected):
    first = collected()
    text = first.read_text()
    assert collected() == first
    assert first.read_text() == text
