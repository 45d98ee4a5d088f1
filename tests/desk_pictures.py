"""The moderators' desk at work, for the pictures of their handbook: two moderators, one morning's comments."""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Browser, Page

from articles.models import Article
from comments import claims, moderation, posting, reporting
from comments.judging import line_up
from comments.models import Comment, Complaint, Decision, Deed, Finding, Lane, Thread, Verdict
from comments.senders import Sender
from fasciculations import roles
from tests import factories

SCREEN = {"width": 1280, "height": 900}
PASSWORD = "only-for-the-pictures"
DESK = "/admin/comments/comment/"

ORDINARY = [
    ("Tired of it", "My left calf has been flickering since I started running again. It stops when I stretch it."),
    ("Marta", "Has anybody had this after a week of bad sleep? Mine went away on holiday."),
    ("Night shift", "Two coffees fewer and the eyelid is quiet. It took about ten days."),
    ("Jo", "I was sure it was something terrible. The neurologist found nothing, and that was three years ago."),
    ("P.", "Does it come in waves for you as well? Mine is worse in the evening, on the sofa."),
    ("Runner", "Foot, then thigh, then thumb. Never the same place for long."),
]
#: What held some of them.
HOLDING = [
    ("links", Lane.SPAM),
    ("personal-data", Lane.PERSONAL_DATA),
    ("selling", Lane.SELLING),
    ("advice", Lane.ADVICE),
    ("misinformation", Lane.MISINFORMATION),
    ("crisis", Lane.CRISIS),
]
FRESH = [
    ("Nina", "The muscle under my eye has been at it since Monday. I have a new job and sleep badly."),
    ("Old hand", "Eight years of it. I stopped counting, and that helped more than anything."),
    ("Cyclist", "Does anybody else get it in both calves after long rides in the heat?"),
    ("Late reader", "Reading this at three in the morning. Thank you for writing so plainly."),
    ("M.", "My dentist said that grinding my teeth may be behind the twitch in my jaw."),
]
HELD = [
    ("Worried", "I can't go on like this any more. I do not want to be here tomorrow."),
    ("Ruth", "Dr Hannah Field at the clinic in Leeds was so kind, ring her on 0113 496 0721 and ask."),
    ("Best deals", "Buy gabapentin online without prescription, cheap and fast: https://pills.example/buy"),
    ("Sure of it", "You should stop your sertraline today, it is what makes you twitch. Don't ask your doctor."),
    ("Just say no", "Twitching is always the first sign of ALS, whatever they tell you."),
]


def pictures(browser: Browser, address: str) -> Iterator[tuple[str, Page]]:
    """Name and subject of each picture, to be taken before the next is asked for."""
    mira, noel = (factories.member(roles.MODERATOR, name, password=PASSWORD) for name in ("mira", "noel"))
    in_danger, private = a_morning(Article.objects.get(slug="muscle-twitching"), mira, noel)
    desk = browser.new_page(viewport=SCREEN, base_url=address, reduced_motion="reduce")  # type: ignore[arg-type]
    desk.goto("/admin/")
    desk.get_by_label("Username").fill("mira")
    desk.get_by_label("Password").fill(PASSWORD)
    desk.get_by_role("button", name="Log in").click()
    desk.goto(DESK)
    yield "desk-queue", desk
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("r")
    yield "desk-reject", desk
    desk.goto(f"{DESK}{private.pk}/change/")
    yield "desk-comment", desk
    for name, path in (("redact", f"{private.pk}/redact"), ("measure", f"{private.pk}/measure")):
        desk.goto(f"{DESK}{path}/")
        yield f"desk-{name}", desk
    for name in ("log", "health", "rules", "mine"):
        desk.goto(f"{DESK}{name}/")
        yield f"desk-{name}", desk
    desk.goto(f"{DESK}{in_danger.pk}/change/")
    yield "desk-covered", desk
    desk.close()


def a_morning(page: Article, mira: Any, noel: Any) -> tuple[Comment, Comment]:
    """Some weeks of comments decided on, and what has come in since; the one in danger, and the one with a number."""
    chance = random.Random(6)
    Thread.objects.locked(page.pk)
    for day in range(25, 0, -1):
        for _ in range(chance.randint(3, 9)):
            _decided_on(page, day, (mira, noel), chance)
    held = [_post(page, name, body) for name, body in HELD]
    fresh = [_post(page, name, body) for name, body in FRESH]
    for n, comment in enumerate([*held, *fresh]):
        _set_back(comment, timedelta(minutes=12 + 17 * n))
    shown = Comment.objects.approved()[0]
    for network in ("one", "two"):
        reporting.report(shown, Complaint.UNKIND, "It makes fun of somebody.", [network * 10])
    claims.claim(fresh[1], noel)
    return held[0], held[1]


def _decided_on(page: Article, day: int, moderators: Any, chance: random.Random) -> None:
    """A comment of so many days ago, which a rule held or none, and which was approved or refused some hours later."""
    name, body = chance.choice(ORDINARY)
    rule, lane = chance.choice([("", Lane.NEW), ("", Lane.NEW), *HOLDING])
    at = timezone.now() - timedelta(days=day, minutes=chance.randint(0, 1000))
    comment = Comment(page_id=page.pk, name=name, body=body, lane=lane, points=3 if rule else 0, posted_at=at)
    line_up(comment)
    comment.save()
    if rule:
        Finding.objects.create(comment=comment, rule=rule, lane=lane, points=3, why="Something in it")
    is_refused = chance.random() < (0.6 if rule else 0.05)
    verdict, reason = (
        (Verdict.REJECTED, "It is about something else than this page.") if is_refused else (Verdict.APPROVED, "")
    )
    done = moderation.decide([comment], verdict, by=chance.choice(moderators), reason=reason)
    waited = timedelta(minutes=chance.randint(5, 50 if lane == Lane.CRISIS else 2500))
    Deed.objects.filter(pk=done.deed.pk).update(at=min(at + waited, timezone.now()))
    Decision.objects.filter(deed=done.deed).update(waited=waited)


def _post(page: Article, name: str, body: str) -> Comment:
    sender = Sender([name.rjust(64, "0")], seconds=60)
    written = {"name": name, "body": body, "email": "", "wants_replies": False}
    return posting.post(page, parent=None, form_key=name, sender=sender, **written)


def _set_back(comment: Comment, span: timedelta) -> None:
    """As if it had been posted so long ago."""
    comment.refresh_from_db()
    for field in ("posted_at", "queued_at", "due_at"):
        if moment := getattr(comment, field):
            setattr(comment, field, moment - span)
    comment.save()
