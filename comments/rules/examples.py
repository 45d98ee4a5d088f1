"""How much a text reads like examples of a kind: what a model makes of its words and pairs of words.

The lists of signs know phrases; this hears what no list foresaw. A text that was overlooked, or held for nothing, is
best added to the examples, which are under lexicons/. They are folded, as the texts are, so that no letter that is not
seen, or that stands for another, makes a text unlike them.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from comments.learning import Model

from .data import lines_of
from .folding import Folded, fold
from .wording import Sentence

ENOUGH_WORDS = 16  # to be judged by; a shorter sentence is read with what stands around it
MOST_WORDS = 60  # of a text that is read as a whole too

Span = tuple[int, int]


def most_alike(kind: str, folded: Folded) -> tuple[float, Span]:
    """How much the part that is most like the examples is so, from 0 to 1, and its span; questions are spared."""
    parts = list(_parts(folded))
    model = model_of(f"examples/{kind}_*.txt", "examples/*.txt", "crisis_examples/no_danger_*.txt")
    likely = [model.probability(folded.text[slice(*part)]) for part in parts]
    likeness, part = max(zip(likely, parts, strict=True), default=(0.0, (0, 0)))
    return likeness, folded.span(*part)


def _parts(folded: Folded) -> Iterator[Span]:
    """In the folded text, each sentence that is no question with enough of those around it; and a short text whole."""
    sentences = folded.sentences
    if not all(asks for _, asks in sentences) and sum(len(words) for words, _ in sentences) <= MOST_WORDS:
        yield sentences[0].words[0].start, sentences[-1].words[-1].end
    for place, (_, asks) in enumerate(sentences):
        if not asks:
            first, last = _with_enough_around(sentences, place)
            yield sentences[first].words[0].start, sentences[last].words[-1].end


def _with_enough_around(sentences: Sequence[Sentence], place: int) -> tuple[int, int]:
    first = last = place
    count = len(sentences[place].words)
    while count < ENOUGH_WORDS and last - first < len(sentences) - 1:
        if last < len(sentences) - 1:
            last += 1
            count += len(sentences[last].words)
        else:
            first -= 1
            count += len(sentences[first].words)
    return first, last


@cache
def model_of(files: str, *others: str) -> Model:
    """What is learned from the examples in `files`; what else is in the files `others` is no example of the kind."""
    examples = lines_of(files)
    rest = frozenset[str]().union(*map(lines_of, others)) - examples
    return Model.train((fold(text).text, text in examples) for text in examples | rest)
