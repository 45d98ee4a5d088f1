"""How much a text reads like those of people in danger: what a model of examples makes of it.

The lists of signs know phrases; this knows the words and pairs of words that such texts are made of, and hears what no
list foresaw. A text that was overlooked, or held for nothing, is best added to the examples.
"""

from functools import cache

from comments.learning import Model

from .data import LEXICONS


def likeness(text: str) -> float:
    """From 0, nothing like them, to 1."""
    return _model().probability(text)


@cache
def _model() -> Model:
    examples = [(text, True) for text in _examples("danger")] + [(text, False) for text in _examples("no_danger")]
    return Model.train(examples)


def _examples(name: str) -> list[str]:
    """One a line; a line that begins with # is a comment."""
    paths = sorted((LEXICONS / "crisis_examples").glob(f"{name}_*.txt"))
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if not line.startswith("#")]
