"""How much a text reads like those of people in danger: what a model of examples makes of it.

The lists of signs know phrases; this knows the words and pairs of words that such texts are made of, and hears what no
list foresaw. A text that was overlooked, or held for nothing, is best added to the examples.
"""

from .examples import model_of


def likeness(text: str) -> float:
    """From 0, nothing like them, to 1."""
    return model_of("crisis_examples/danger_*.txt", "crisis_examples/no_danger_*.txt").probability(text)
