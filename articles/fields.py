from typing import Any

from django.db import models
from django_prose_editor.fields import ProseEditorField

from . import html

_EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "HardBreak": True,
    "Heading": {"levels": [3, 4]},
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
}


class RichTextField(ProseEditorField):
    """Text with paragraphs, lists, links, emphasis and headings 3 and 4, cleaned on its way into the database.

    The parent class cleans in `full_clean()` alone, which `create()`, `bulk_create()` and `update()` never call.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        super().__init__(*args, extensions=_EXTENSIONS, sanitize=html.clean, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return html.clean(value) if isinstance(value, str) else value


class LinesField(models.TextField):
    """A list of short texts, one to a line; a list in content/ files. Browsers send other line ends than we keep."""

    def to_python(self, value: Any) -> Any:
        return "\n".join(value.splitlines()) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        return self.to_python(super().get_prep_value(value))


class LinkWordsField(LinesField):
    """Words of other texts that link to what has this field: see `articles.linking`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("verbose_name", "words that link here")
        kwargs.setdefault("blank", True)
        kwargs.setdefault("help_text", "Where other texts first mention one; one to a line. Without any, its names do.")
        super().__init__(*args, **kwargs)


class LinkTermsField(models.BooleanField):
    """The switch of a text in which known terms link to the pages about them: see `articles.linking`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", True)
        kwargs.setdefault("help_text", "The first mention of each term links to the page about it.")
        super().__init__(*args, **kwargs)


class AddressField(models.URLField):
    """An address of the web; one that is typed without a scheme is taken for https."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https"} | kwargs)
