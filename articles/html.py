"""The one HTML cleaner, used when text is saved and again when it is shown, and the one place that marks text safe."""

import re
from collections.abc import Callable, Iterable
from html import escape, unescape

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_cleaner = nh3.Cleaner(
    tags={"p", "br", "ul", "ol", "li", "strong", "em", "a", "h3", "h4"},
    attributes={"a": {"href"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
_BLOCK = re.compile(r"[ \n]*(</?(?:p|ul|ol|li|h3|h4)(?: [^>]*)?>|<br>)[ \n]*")
_ONLY_PARAGRAPH_OF_ITEM = re.compile(r"<li><p>((?:(?!</?p>|<[uo]l).)*)</p>(?=</li>|<[uo]l)")
_EMPTY_PARAGRAPH = re.compile(r"<p>(?:&nbsp;|<br>)*</p>")
_ITEM = re.compile(r"<li>(?:<(?:p|h3|h4)>)?")
_LINK = re.compile(r'<a href="(?P<address>[^"]*)">(?P<words>.*?)</a>')
#: Text outside links and headings, or else something to leave alone.
_TEXT = re.compile(r"<a[ >].*?</a>|<(?P<heading>h[34])>.*?</(?P=heading)>|<[^>]*>|(?P<text>[^<]+)")
_CITATION = re.compile(r'(?P<space> *)<a href="#source-(?P<key>[^"]*)">(?P<words>.*?)</a>')


def clean(html: str) -> str:
    """The allowed part of `html` in one canonical form: paragraphs, lists, links, emphasis, headings 3 and 4.

    Editors, Markdown and pasted text write the same thing in different ways; here a list item of one paragraph has no
    <p>, nothing is empty, and white space stands only between words. Cleaning what is clean changes nothing.
    """
    for _ in range(10):  # mending broken markup can leave more to mend
        before, html = html, _canonical(html)
        if html == before:
            break
    return html


def _canonical(html: str) -> str:
    text = re.sub(r"[ \t\r\n\f]+", " ", _cleaner.clean(html))
    text = _EMPTY_PARAGRAPH.sub("", _BLOCK.sub(r"\1", text))
    return _ONLY_PARAGRAPH_OF_ITEM.sub(r"<li>\1", text).strip()


def cited_keys(html: str) -> list[str]:
    """Keys of the references that `html` cites with links to #source-<key>, in reading order."""
    return [match["key"] for match in _CITATION.finditer(html)]


def linked_addresses(html: str) -> list[str]:
    return [unescape(match["address"]) for match in _LINK.finditer(html)]


def render(
    html: str,
    *,
    number: Callable[[str], int],
    mentions: Callable[[str], Iterable[tuple[str, str]]] | None = None,
) -> SafeString:
    """Cleaned `html`, ready for a template; each citation shows the number that `number(key)` gives it.

    The number takes the place of the word "source"; other words that are linked to a source stay before it. For text
    outside links and headings, `mentions(text)` gives all of it in pieces, each with the path to link it to, or "".
    """

    def numbered_citation(match: re.Match[str]) -> str:
        words = "" if match["words"] == "source" else match["space"] + match["words"]
        return f"{words}{citation(match['key'], number(match['key']))}"

    cleaned = clean(html)
    linked = _with_links(cleaned, mentions) if mentions else cleaned
    return mark_safe(_CITATION.sub(numbered_citation, linked))  # noqa: S308 - cleaned above


def _with_links(html: str, mentions: Callable[[str], Iterable[tuple[str, str]]]) -> str:
    """Cleaned `html` with links around the pieces that have a path."""

    def linked(match: re.Match[str]) -> str:
        if match["text"] is None:
            return match[0]
        pieces = mentions(unescape(match["text"]))
        return "".join(_link(piece, path) if path else escape(piece, quote=False) for piece, path in pieces)

    return _TEXT.sub(linked, html)


def _link(words: str, path: str) -> str:
    return f'<a href="{escape(path)}">{escape(words, quote=False)}</a>'


def citation(key: str, number: int) -> SafeString:
    """The small numbered link from a statement to its entry in the page's list of sources.

    The stylesheet has it read out as "Source 1": said in each of a hundred links, that would be a tenth of the page.
    """
    return format_html('<a href="#source-{}">{}</a>', key, number)


def plain_text(clean_html: str) -> str:
    """What cleaned HTML says, a line for each block, with marks for what plain text cannot show.

    List items begin with "• "; links are "words (address)", citations "words [key]", emphasis is *em* and **strong**.
    """
    text = _CITATION.sub(r"\g<space>\g<words> [\g<key>]", clean_html)
    text = _LINK.sub(r"\g<words> (\g<address>)", text)
    text = re.sub(r"</?em>", "*", re.sub(r"</?strong>", "**", text))
    text = _BLOCK.sub("\n", _ITEM.sub("\n• ", text))
    lines = re.sub(r"<[^>]*>", "", text).split("\n")
    return unescape("\n".join(line.strip() for line in lines if line.strip()))
