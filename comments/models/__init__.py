"""What readers write, what the rules and moderators make of it, and what is known of the senders for some days."""

from .comments import Comment, CommentQuerySet, Status
from .judgements import Decision, EarlierText, Finding, LearnedModel, Verdict
from .lanes import Lane
from .senders import AddressKey, Arrival, SentMail
from .threads import Mode, Thread

__all__ = [
    "AddressKey",
    "Arrival",
    "Comment",
    "CommentQuerySet",
    "Decision",
    "EarlierText",
    "Finding",
    "Lane",
    "LearnedModel",
    "Mode",
    "SentMail",
    "Status",
    "Thread",
    "Verdict",
]
