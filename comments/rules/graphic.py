from comments.models.lanes import Lane

from .phrase_rules import PhraseRule


class Graphic(PhraseRule):
    """Blood, wounds and violence: no reason to hold a comment, but to cover it until a moderator wants to read it."""

    name = "graphic"
    lane = Lane.NEW
    told = "It describes wounds or violence. That does not count against it; moderators are warned before they read it."
    points = 0
    phrases = "graphic"
