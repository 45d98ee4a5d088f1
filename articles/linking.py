"""Links from known terms to the pages about them: the first mention in each section of a page.

Pages and the rows of lists say which words mean them; entries of search hold these as their `terms`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from . import html
from .models import Page, SearchEntry, Section
from .search.folding import pieces
from .search.keeping import Kept

_GAPS = {" ", "\xa0", "-", "\u2011"}  # what may stand between the words of a term


@dataclass(frozen=True)
class KnownTerm:
    words: tuple[str, ...]
    path: str
    is_abbreviation: bool


class Terms:
    """The words that mean a page. A term that two pages claim means the one that names it earlier."""

    def __init__(self, claims: Iterable[tuple[str, str]]) -> None:
        """`claims` are words and the path of the page that they mean, earlier ones first."""
        terms: dict[tuple[str, ...], KnownTerm] = {}
        for name, path in claims:
            words = tuple(_singular(word) for _, word in pieces(name) if word)
            terms.setdefault(words, KnownTerm(words, path, _is_abbreviation(name)))
        self._by_first_word: defaultdict[str, list[KnownTerm]] = defaultdict(list)
        for term in sorted(terms.values(), key=lambda term: -len(term.words)):
            if term.words:
                self._by_first_word[term.words[0]].append(term)

    @classmethod
    def read(cls) -> "Terms":
        """Of all entries, pages before the rows of lists: one query."""
        rows = SearchEntry.objects.exclude(terms="").values_list("path", "terms", "page")
        claims = sorted(
            (page is None, place, path, name)
            for path, terms, page in rows
            for place, name in enumerate(terms.splitlines())
        )
        return cls((name, path) for *_, path, name in claims)

    def mentions(self, text: str) -> Iterator[tuple[str, str]]:
        """All of `text` in order, in pieces, each with the path of the page that it names, or ""."""
        found = list(pieces(text))
        words = [_singular(word) for _, word in found]
        start = 0
        while start < len(found):
            longest_first = self._by_first_word.get(words[start], ())
            term = next((term for term in longest_first if _stands_at(start, term, found, words)), None)
            end = _end(start, term) if term else start + 1
            yield "".join(piece for piece, _ in found[start:end]), term.path if term else ""
            start = end


def _stands_at(start: int, term: KnownTerm, found: Sequence[tuple[str, str]], words: Sequence[str]) -> bool:
    """Whether the words of `term` begin at `start`, with gaps alone between them."""
    end = _end(start, term)
    gaps = (piece for piece, _ in found[start + 1 : end : 2])
    in_capitals = _is_abbreviation(found[start][0]) or not term.is_abbreviation
    return in_capitals and tuple(words[start:end:2]) == term.words and _GAPS.issuperset(gaps)


def _end(start: int, term: KnownTerm) -> int:
    """Where `term` ends: words and what stands between them take turns."""
    return start + 2 * len(term.words) - 1


def _is_abbreviation(name: str) -> bool:
    """Whether it is said in capitals, so that "MS" is not the "ms" of another text."""
    return len(name) > 1 and name.removesuffix("s").isupper()


def _singular(word: str) -> str:
    """What a word and its plural share; of other words, what no third one shares."""
    if len(word) < 4:
        return word
    return word.removesuffix("es") if word.endswith(("ches", "xes")) else word.removesuffix("s")


_kept = Kept(Terms.read)
now, at = _kept.now, _kept.at  # the terms of the entries as they are


class Links:
    """The links of one page that is being drawn, from top to bottom."""

    def __init__(self, page: Page, terms: Terms) -> None:
        self._page, self._terms = page, terms
        self._linked: defaultdict[str, set[str]] = defaultdict(set)  # paths by section

    def finder(self, part: Any, text: str) -> Callable[[str], Iterator[tuple[str, str]]] | None:
        """What finds the terms to link in the rich `text` of `part`, which is the page, a section or a passage.

        Nothing, where an editor has switched that off. Rich texts of the page itself are sections of their own.
        """
        if not (self._page.link_terms and part.link_terms):
            return None
        linked = self._linked[part.topic] if isinstance(part, Section) else set()
        linked |= {self._page.path, *html.linked_addresses(text)}

        def first_mentions(words: str) -> Iterator[tuple[str, str]]:
            for piece, path in self._terms.mentions(words):
                yield piece, "" if path in linked else path
                linked.add(path)

        return first_mentions
