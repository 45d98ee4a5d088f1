"""Whether red_flags.yaml asks only about what can be told, and cites only what there is: `manage.py check` says.

With `--database default`, and before each `migrate`, it also names the pages that are hidden on this site.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from articles.models import Reference
from causes.models import Answer, MedicationClass, Symptom

from .red_flags import ANY_MEDICINE, FILE, red_flags

HINT = f"See {FILE.name}."


@register()
def red_flags_are_sound(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The file is read, and each key is one of the answers or a file under content/."""
    try:
        return [Error(message, hint=HINT, id="causes.E001") for message in _unknown(Path(settings.CONTENT_DIR))]
    except (ValueError, TypeError, KeyError, yaml.YAMLError) as error:
        return [Error(f"The red flags cannot be read: {error}", hint=HINT, id="causes.E002")]


@register(Tags.database)
def red_flags_can_be_told(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """What red flags ask about is not on the form while its page is hidden: they are silent on this site."""
    if not databases:
        return []
    keys = {key for flag in red_flags() for key in flag.keys}
    try:
        return [
            checks.Warning(f"The page {page.path} is hidden, and red flags ask about it.", hint=HINT, id="causes.W001")
            for model in (Symptom, MedicationClass)
            for page in model.objects.filter(slug__in=keys, live_revision=None)
        ]
    except DatabaseError:  # a database that has not been migrated yet has no pages
        return []


def _unknown(content: Path) -> Iterator[str]:
    told = {*Answer.values, ANY_MEDICINE, *_slugs(content, Symptom), *_slugs(content, MedicationClass)}
    sources = yaml.safe_load((content / f"{Reference.content_name}.yaml").read_text(encoding="utf-8"))
    for flag in red_flags():
        yield from (f"“{flag.says}” asks about {key}, which nobody can tell" for key in sorted(flag.keys - told))
        yield from (f"“{flag.says}” cites {key}, which is no source" for key in flag.sources if key not in sources)


def _slugs(content: Path, model: Any) -> set[str]:
    return {path.stem for path in (content / model.content_name).glob("*.md")}
