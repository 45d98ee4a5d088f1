"""One frozen state as instances that templates and checks can read; none of them touches the rows."""

from typing import Any, Protocol, TypeVar

from django.apps import apps

from .freezing import Frozen, completed, fill, new_part, sections_in_order
from .models import Page, Part, Section

P = TypeVar("P", bound=Part)


class Helper(Protocol):
    """What sections of one type share while a page is drawn; made with the snapshot of that page."""

    def __init__(self, snapshot: "Snapshot") -> None: ...


H = TypeVar("H", bound=Helper)


class Snapshot:
    """A page, or another row with parts, as `data` says it is.

    `root` and the parts are unsaved instances; many-to-many relations are read with `related_ids`.
    """

    def __init__(self, data: Frozen) -> None:
        self.data = data = completed(data)
        self.model: Any = apps.get_model(data["kind"])
        self.root: Any = self.model(pk=self.model._meta.pk.to_python(data["id"]))
        if issubclass(self.model, Page):
            self.root.id, self.root.kind = self.root.pk, data["kind"]
        fill(self.root, data["fields"])
        self.tags: list[str] = data["fields"].get("tags", [])
        self._parts: dict[type[Part], list[Any]] = {}
        self._frozen_parts: dict[str, Frozen] = {}
        self._shared: dict[type[Helper], Any] = {}

    def parts(self, part: type[P]) -> list[P]:
        """The page's parts of one model, in their order."""
        if part not in self._parts:
            frozen = self.data["parts"][part._meta.label_lower]
            self._frozen_parts |= {row["id"]: row for row in frozen}
            self._parts[part] = [new_part(part, self.root, row) for row in frozen]
        return self._parts[part]

    def related_ids(self, part: Part, field: str) -> list[str]:
        """Primary keys, as strings, of what a many-to-many field of a part points at."""
        related: list[str] = self.frozen_part(part)[field]
        return related

    def root_related_ids(self, field: str) -> list[str]:
        """The same of a field of the page itself."""
        related: list[str] = self.data["fields"][field]
        return related

    def frozen_part(self, part: Part) -> Frozen:
        return self._frozen_parts[str(part.pk)]

    def sections(self) -> list[Section]:
        """The sections of all types in reading order, each ready for its template."""
        places = sections_in_order(self.data)
        found: dict[str, Section] = {}
        for section_type in dict.fromkeys(section_type for section_type, _ in places):
            sections = self.parts(section_type)
            section_type.load(sections, self)
            found |= {str(section.pk): section for section in sections}
        return [found[row["id"]] for _, row in places]

    def shared(self, helper: type[H]) -> H:
        """The one `helper(snapshot)` that the page's sections share while it is drawn."""
        if helper not in self._shared:
            self._shared[helper] = helper(self)
        made: H = self._shared[helper]
        return made
