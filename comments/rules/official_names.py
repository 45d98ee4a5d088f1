from collections.abc import Iterator

from django.conf import settings

from comments.models.lanes import Lane

from .base import Hit, Rule, Submission
from .folding import fold
from .thresholds import HOLD_AT

_OFFICIAL = {
    *("admin", "admins", "administrator", "administrators", "editor", "editors", "moderator", "moderators"),
    *("official", "staff", "team", "webmaster"),
}


class OfficialName(Rule):
    """A name that seems to speak for the site; it is asked about names alone, and not those of moderators."""

    name = "official-name"
    lane = Lane.MISINFORMATION
    told = "Its name sounds as if it spoke for this site."
    points = HOLD_AT

    def hits(self, submission: Submission) -> Iterator[Hit]:
        words = [word.text for word in submission.folded.words]
        site = " ".join(word.text for word in fold(settings.SITE_NAME).words)
        if not _OFFICIAL.isdisjoint(words) or f" {site} " in f" {' '.join(words)} ":
            yield self.hit("Sounds as if it spoke for the site", 0, len(submission.text))
