"""The rule that was learned from moderators' decisions."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from comments.learning import Model
from comments.models import Lane, LearnedModel

from .base import Hit, Rule, Submission

LIKELY = 0.8  # probability of spam; of comments that were held out, 0.3% of the genuine ones reach it
NAMED = 5  # words that are named as the reason


class Learned(Rule):
    name = "learned"
    lane = Lane.SPAM
    told = "Its words are much like those of comments that were spam."
    points = 4

    def hits(self, submission: Submission) -> Iterator[Hit]:
        model = current_model()
        if model is None or (probability := model.probability(submission.text)) < LIKELY:
            return
        reasons = ", ".join(f"“{words}”" for words, _ in model.explain(submission.text, NAMED))
        yield self.hit(f"{probability:.0%} likely, most of all by {reasons}")


def current_model() -> Model | None:
    """The model as it was last trained, None before there was enough to learn from: one query."""
    latest = LearnedModel.objects.order_by("-pk").values_list("pk", "trained_at").first()
    model = _loaded(*latest) if latest else None
    return model if model and model.is_trained else None


@lru_cache(maxsize=1)
def _loaded(key: int, trained_at: datetime) -> Model:
    return Model.from_bytes(bytes(LearnedModel.objects.get(pk=key).data))
