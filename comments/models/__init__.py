"""What readers write, what the rules and moderators make of it, and what is known of the senders for some days."""

from .comments import Comment, CommentQuerySet, Status
from .deeds import Decision, Deed, Kind, Verdict
from .desk import Desk, SavedText, Use
from .judgements import EarlierText, Finding, LearnedModel, RuleBook
from .lanes import Lane, most_pressing
from .reports import Complaint, Report
from .sanctions import Measure, Sanction
from .senders import AddressKey, Arrival, SentMail
from .threads import Mode, Thread

__all__ = [
    "AddressKey",
    "Arrival",
    "Comment",
    "CommentQuerySet",
    "Complaint",
    "Decision",
    "Deed",
    "Desk",
    "EarlierText",
    "Finding",
    "Kind",
    "Lane",
    "LearnedModel",
    "Measure",
    "Mode",
    "Report",
    "RuleBook",
    "Sanction",
    "SavedText",
    "SentMail",
    "Status",
    "Thread",
    "Use",
    "Verdict",
    "most_pressing",
]
