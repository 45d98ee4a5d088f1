"""The rule that was learned from moderators' decisions."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache

from comments.learning import Model
from comments.models import Lane, LearnedModel
from comments.training import retrain

from .base import Hit, Rule, Submission

NAMED = 5  # words that are named as the reason

logger = logging.getLogger(__name__)


class Learned(Rule):
    """Asks whichever model `in_use` returns for a text; as a rule that is one query for each."""

    name = "learned"
    lane = Lane.SPAM
    told = "Its words are much like those of comments that were spam."
    points = 4

    def __init__(self, in_use: Callable[[], Model | None] | None = None) -> None:
        self._in_use = in_use or current_model

    def hits(self, submission: Submission) -> Iterator[Hit]:
        if model := self._in_use():
            likely = model.probability(submission.text)
            reasons = ", ".join(f"“{words}”" for words, _ in model.explain(submission.text, NAMED))
            yield self.hit(f"{likely:.0%} likely, most of all by {reasons}", likeness=likely)


def current_model() -> Model | None:
    """The model as it was last trained, None before there was enough to learn from: one query.

    One that an earlier release wrote in another form is trained anew; until then there is none.
    """
    latest = LearnedModel.objects.order_by("-pk").values_list("pk", "trained_at").first()
    try:
        model = _loaded(*latest) if latest else None
    except ValueError as error:
        logger.warning("The spam model is trained anew: %s.", error)
        retrain.enqueue()
        return None
    return model if model and model.is_trained else None


@lru_cache(maxsize=1)
def _loaded(key: int, trained_at: datetime) -> Model:
    """The newest: a training may have replaced the one that was asked for this very moment."""
    return Model.from_bytes(bytes(LearnedModel.objects.latest().data))
