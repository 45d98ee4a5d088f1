"""How much a text reads like examples of a kind: what a model makes of its words and pairs of words.

The lists of signs know phrases; this hears what no list foresaw. A text that was overlooked, or held for nothing, is
best added to the examples, which are under lexicons/examples/.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from comments.learning import Model

from .data import lines_of
from .folding import Folded
from .wording import Sentence

ENOUGH_WORDS = 16  # to be judged by; a shorter sentence is read with what stands around it
MOST_WORDS = 60  # of a text that is read as a whole too

Span = tuple[int, int]


def most_alike(kind: str, text: str, folded: Folded) -> tuple[float, Span]:
    """The part of `text` that reads most like the examples, from 0 to 1, and where it stands; questions are spared."""
    spans = list(_parts(folded))
    model = model_of(f"examples/{kind}_*.txt", "examples/*.txt", "crisis_examples/no_danger_*.txt")
    likely = [model.probability(text[slice(*span)]) for span in spans]
    return max(zip(likely, spans, strict=True), default=(0.0, (0, 0)))


def _parts(folded: Folded) -> Iterator[Span]:
    """Each sentence that is no question, with enough of those around it; and the whole of a short text."""
    sentences = folded.sentences
    if not all(asks for _, asks in sentences) and sum(len(words) for words, _ in sentences) <= MOST_WORDS:
        yield folded.span(sentences[0].words[0].start, sentences[-1].words[-1].end)
    for place, (_, asks) in enumerate(sentences):
        if not asks:
            first, last = _with_enough_around(sentences, place)
            yield folded.span(sentences[first].words[0].start, sentences[last].words[-1].end)


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
    return Model.train([*((text, True) for text in examples), *((text, False) for text in rest)])
