from comments.models.lanes import Lane

from .phrase_rules import PhraseRule


class SpamWords(PhraseRule):
    """Words of advertising. No single word that people use innocently is enough to hold a comment."""

    name = "spam-words"
    lane = Lane.SPAM
    told = "It uses words that advertising uses."
    points = 2
    phrases = "spam"
