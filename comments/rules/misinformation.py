from comments.models.lanes import Lane

from .phrase_rules import PhraseRule
from .thresholds import HOLD_AT


class Misinformation(PhraseRule):
    """What the site says is not supported; `why` is the statement as the site makes it."""

    name = "misinformation"
    lane = Lane.MISINFORMATION
    told = "It seems to say something for which this site has found no good evidence."
    points = HOLD_AT
    phrases = "myths"
    spares_questions = True
