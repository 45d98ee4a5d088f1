"""How much a text reads like those of people in danger: what a model of examples makes of it.

The lists of signs know phrases; this knows the words and pairs of words that such texts are made of, and hears what no
list foresaw. A text that was overlooked, or held for nothing, is best added to the examples.
"""

from functools import cache

from comments.learning import Model

from .data import lines_of


def likeness(text: str) -> float:
    """From 0, nothing like them, to 1."""
    return _model().probability(text)


@cache
def _model() -> Model:
    danger, others = lines_of("crisis_examples/danger_*.txt"), lines_of("crisis_examples/no_danger_*.txt")
    return Model.train([*((text, True) for text in danger), *((text, False) for text in others - danger)])
