from datetime import datetime, timedelta

from django import template
from django.contrib.auth.models import User
from django.utils import timezone

from comments.models import Comment, Finding, Lane
from comments.plain_text import Piece, marked
from comments.rules.graphic import Graphic

register = template.Library()


@register.filter
def marked_body(comment: Comment) -> list[Piece]:
    """The text with what the rules found in it, unless a moderator said that they were wrong."""
    return marked(comment.body, [(one.start, one.end) for one in comment.findings.all() if not one.disputed_id])


@register.filter
def quoted(finding: Finding, comment: Comment) -> str:
    """What of the text the rule matched."""
    return comment.body[finding.start : finding.end]


@register.filter
def is_distressing(comment: Comment) -> bool:
    """Whether its text is better not read unprepared."""
    return comment.lane == Lane.CRISIS or any(finding.rule == Graphic.name for finding in comment.findings.all())


@register.filter
def seen(comment: Comment) -> str:
    """The comment as it is now, as forms name it: see `comments.admin.forms.SeenField`."""
    return f"{comment.pk}:{comment.version}"


@register.filter
def duration(span: timedelta) -> str:
    """In the two largest units that tell something."""
    hours, minutes = divmod(int(span / timedelta(minutes=1)), 60)
    days, rest = divmod(hours, 24)
    return f"{days} d {rest} h" if days else f"{hours} h {minutes} min" if hours else f"{minutes} min"


@register.filter
def clock(due: datetime) -> str:
    """How long until then, or how late it is."""
    left = due - timezone.now()
    return f"{duration(left)} left" if left > timedelta() else f"late by {duration(-left)}"


@register.filter
def taken_from(comment: Comment, user: User) -> User | None:
    """Who reads it just now instead of `user`, if anybody."""
    return comment.claim_of_another(user)  # type: ignore[no-any-return]


@register.filter
def card_id(comment: Comment) -> str:
    return f"card-{comment.pk}"


@register.filter
def id_behind(comments: list[Comment], place: int) -> str:
    """Of the card that is read next once the one at this place is decided on."""
    others = comments[place + 1 : place + 2] or comments[max(place - 1, 0) : place]
    return card_id(others[0]) if others else ""
