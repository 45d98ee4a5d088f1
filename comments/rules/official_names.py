"""Names that seem to speak for the site: those that hold an office in it, and those that mean all behind it."""

from collections.abc import Iterator

from django.conf import settings

from comments.models.lanes import Lane

from .base import Hit, Rule, Submission
from .data import words_of
from .folding import fold
from .thresholds import HOLD_AT

_LEXICON = "official_names"


class OfficialName(Rule):
    """It is asked about names alone, and not those of moderators."""

    name = "official-name"
    lane = Lane.MISINFORMATION
    told = "Its name sounds as if it spoke for this site."
    points = HOLD_AT

    def hits(self, submission: Submission) -> Iterator[Hit]:
        words = {word.text for word in submission.folded.words} - words_of(_LEXICON, "articles")
        ours = words_of(_LEXICON, "groups") | {word.text for word in fold(settings.SITE_NAME).words}
        if words & words_of(_LEXICON, "offices") or (words and words <= ours):
            yield self.hit("Sounds as if it spoke for the site", 0, len(submission.text))
