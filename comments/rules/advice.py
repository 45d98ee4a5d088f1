from comments.models.lanes import Lane

from .phrase_rules import PhraseRule
from .thresholds import HOLD_AT


class Advice(PhraseRule):
    name = "advice"
    lane = Lane.ADVICE
    told = "It seems to tell others what to take, what to leave, or whether to see a doctor."
    points = HOLD_AT
    phrases = "advice"
    spares_questions = True
