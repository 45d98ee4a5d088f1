"""Text as search reads it: words without case, accents and apostrophes."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´")
#: Marks above and below letters, and what is not seen at all: zero-width characters, soft hyphens, marks of direction.
_UNSEEN = {"Mn", "Me", "Cf"}
#: A word as it stands in a text, and what stands between two of them.
_PIECE = re.compile(r"(?P<word>[^\W_](?:[^\W_]|['’‘ʼ\u0300-\u036f\u00ad](?=[^\W_]))*)|[\W_]+")
_ASIDE = re.compile(r" \(.*\)$")
_ENDINGS = re.compile(r"(?<=...)(?:ness|ies|es|(?<!s)s|ed|ing|y|e|i)$")
LONGEST_WORD = 60  # letters; what is longer is no word

# Those of PostgreSQL's English dictionary, which it leaves out of its index, and more that say nothing on this site.
STOP_WORDS = frozenset(
    """
    i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers
    herself it its itself they them their theirs themselves what which who whom this that these those am is are
    was were be been being have has had having do does did doing a an the and but if or because as until while
    of at by for with about against between into through during before after above below to from up down in out
    on off over under again further then once here there when where why how all any both each few more most
    other some such no nor not only own same so than too very s t can will just don should now im ive id ill
    youre hes shes dont doesnt didnt cant cannot couldnt wont isnt arent wasnt havent hasnt whats wheres could
    would may might must shall also always ever every since still yet really please tell keep keeps kept keeping
    get gets got getting feel feels feeling felt seem seems like one thing things lot much many anyone somebody
    someone use using need want know think make makes made go goes going come comes day days week weeks month
    months year years el la los las un una unos unas de del en que mi mis tengo por para con y le les des du mon
    ma mes au aux et dans j ai
    """.split()  # noqa: SIM905 - easier to read than 250 quoted words
)


def fold(text: str) -> str:
    """`text` in lower case, without accents and apostrophes; characters that are not letters stay."""
    if text.isascii():
        return text.lower().translate(_APOSTROPHES)
    letters = (char for char in unicodedata.normalize("NFKD", text) if unicodedata.category(char) not in _UNSEEN)
    return "".join(letters).casefold().translate(_APOSTROPHES)


def words(text: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]


def without_aside(name: str) -> str:
    """A name without what stands in brackets after it: where it is sold, or what else is in it."""
    return _ASIDE.sub("", name)


def telling(text: str) -> list[str]:
    """The words of `text` that say what it is about."""
    return [word for word in words(text) if word not in STOP_WORDS]


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """All of `text` in order, each piece with the word that it folds to, or "" between words."""
    for match in _PIECE.finditer(text):
        yield match[0], fold(match[0])[:LONGEST_WORD] if match["word"] else ""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What forms of one word share, roughly as both databases stem: for counting, ranking and marking."""
    for _ in range(2):  # "cramping" loses its ending, and then "flies" what is left of another
        shorter = _ENDINGS.sub("", word)
        if shorter == word:
            break
        word = shorter
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "sl" else word


def stems(text: str) -> tuple[str, ...]:
    """Of text that is folded already."""
    return tuple(map(stem, text.split()))
