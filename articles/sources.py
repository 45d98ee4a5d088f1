from .models import Reference


class Sources:
    """The numbered sources of one page being drawn.

    Templates draw from top to bottom, so each source gets its number where it is first cited, and the list at the
    bottom of the page, drawn last, holds them all: one query.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, key: str) -> int:
        """The number of the source with this key; 1, 2, 3, ... in the order of first citation."""
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def listed(self) -> list[tuple[int, Reference]]:
        references = {reference.key: reference for reference in Reference.objects.filter(pk__in=self._numbers)}
        return [(number, references[key]) for key, number in self._numbers.items() if key in references]
