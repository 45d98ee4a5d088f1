"""Small makers of rows: each gives a valid row, and takes what the test is about."""

import itertools
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import OuterRef, Subquery

from articles import publishing
from articles.models import (
    Article,
    ArticleAuthor,
    Author,
    Page,
    Passage,
    PlainPage,
    Reference,
    Revision,
    TextSection,
)
from causes.models import (
    BodyArea,
    Cause,
    CauseGroup,
    CauseSymptom,
    Claim,
    Clue,
    GlossaryTerm,
    MedicationClass,
    Nutrient,
    Symptom,
)
from comments.judging import line_up
from comments.models import Comment, Status, Thread
from comments.threads import settle
from fasciculations import roles

_numbers = itertools.count(1)


def _next() -> int:
    return next(_numbers)


def author(**fields: Any) -> Author:
    n = _next()
    return Author.objects.create(**{"slug": f"author-{n}", "name": f"Author {n}"} | fields)


def reference(key: str = "", **fields: Any) -> Reference:
    key = key or f"source-{_next()}"
    return Reference.objects.create(**{"key": key, "kind": "paper", "title": f"Title of {key}"} | fields)


def article(
    *,
    text: str = "<p>First words.</p>",
    live: bool = True,
    tags: list[str] | None = None,
    authors: Iterable[Author] = (),
    **fields: Any,
) -> Article:
    n = _next()
    page = Article.objects.create(
        **{"slug": f"article-{n}", "title": f"Article {n}", "standfirst": "In short."} | fields
    )
    page.tags.set(tags or [])
    for position, person in enumerate(authors or [author()], 1):
        ArticleAuthor.objects.create(article=page, author=person, position=position)
    TextSection.objects.create(parent=page, heading="First heading", body=text, ordering=10)
    return publish(page) if live else page


def group(**fields: Any) -> CauseGroup:
    n = _next()
    return CauseGroup.objects.create(
        **{"slug": f"group-{n}", "name": f"Group {n}", "nature": "physiological", "position": n} | fields
    )


def cause(*, live: bool = True, **fields: Any) -> Cause:
    n = _next()
    fields.setdefault("group", None)
    fields["group"] = fields["group"] or group()
    defaults = {
        "slug": f"cause-{n}",
        "title": f"Cause {n}",
        "standfirst": "In short.",
        "evidence": "some",
        "position": n,
    }
    page = Cause.objects.create(**defaults | fields)
    return publish(page) if live else page


def symptom(*, live: bool = True, **fields: Any) -> Symptom:
    n = _next()
    defaults = {"slug": f"symptom-{n}", "title": f"Symptom {n}", "standfirst": "In short.", "urgency": "routine"}
    page = Symptom.objects.create(**defaults | fields)
    return publish(page) if live else page


def seen_with(cause: Cause, symptom: Symptom, frequency: str = "common", **fields: Any) -> CauseSymptom:
    return CauseSymptom.objects.create(cause=cause, symptom=symptom, frequency=frequency, **fields)


def nutrient(*, live: bool = True, **fields: Any) -> Nutrient:
    n = _next()
    page = Nutrient.objects.create(
        **{"slug": f"nutrient-{n}", "title": f"Nutrient {n}", "standfirst": "In short.", "role": "<p>Its role.</p>"}
        | fields
    )
    return publish(page) if live else page


def medication_class(*, live: bool = True, **fields: Any) -> MedicationClass:
    n = _next()
    defaults = {"slug": f"class-{n}", "title": f"Class {n}", "standfirst": "In short.", "usual_movement": "tremor"}
    page = MedicationClass.objects.create(**defaults | {"evidence": "some", "position": n} | fields)
    return publish(page) if live else page


def body_area(*causes: Cause, live: bool = True, **fields: Any) -> BodyArea:
    n = _next()
    page = BodyArea.objects.create(**{"slug": f"area-{n}", "title": f"Area {n}", "standfirst": "In short."} | fields)
    page.causes.set(causes)
    return publish(page) if live else page


def plain_page(*, live: bool = True, text: str = "<p>First words.</p>", **fields: Any) -> PlainPage:
    n = _next()
    page = PlainPage.objects.create(**{"slug": f"plain-{n}", "title": f"Plain {n}", "standfirst": "In short."} | fields)
    Passage.objects.create(plain_page=page, heading="First heading", body=text, position=1)
    return publish(page) if live else page


def term(**fields: Any) -> GlossaryTerm:
    n = _next()
    return GlossaryTerm.objects.create(
        **{"slug": f"term-{n}", "term": f"Term {n}", "definition": "<p>A word.</p>"} | fields
    )


def claim(page: Any, *references: Reference, **fields: Any) -> Claim:
    n = _next()
    made = Claim.objects.create(
        **{"page": page, "statement": f"Statement {n}.", "evidence": "good", "position": n} | fields
    )
    made.references.set(references or [reference()])
    return made


def clue(cause: Cause, answer: str = "", *references: Reference, **fields: Any) -> Clue:
    """What `answer`, or a `medication_class`, says for the cause; typical unless said otherwise."""
    defaults = {"fit": "typical", "evidence": "good", "why": f"Reason {_next()}.", "position": cause.clues.count()}
    made = Clue.objects.create(**{"cause": cause, "answer": answer or None} | defaults | fields)
    made.references.set(references or [reference()])
    return made


def many(kind: type[Any], count: int, **fields: Any) -> list[Page]:
    """So many live pages of a kind, written at once, for lists: their revisions hold nothing to draw a page from."""
    slug = f"many-{_next()}"
    pages = [
        Page(kind=kind._meta.label_lower, slug=f"{slug}-{number}", title=f"Many {number}", standfirst="In short.")
        for number in range(count)
    ]
    with transaction.atomic():
        Page.objects.bulk_create(pages)
        Revision.objects.bulk_create(Revision(page=page, number=1, data={}) for page in pages)
        revision = Revision.objects.filter(page=OuterRef("pk")).values("pk")
        Page.objects.filter(slug__startswith=f"{slug}-").update(live_revision=Subquery(revision))
        for page in pages:
            kind(page_ptr=page, **fields).save_base(raw=True)
    return pages


def publish(page: Any, **fields: Any) -> Any:
    publishing.publish(page, by=None, **fields)
    page.refresh_from_db()
    return page


def publish_as_it_is(page: Any, data: dict[str, Any]) -> None:
    """Make `data` what readers see, past all that publishing does to it: as an older site left it."""
    revision = Revision.objects.create(page_id=page.pk, number=page.revisions.count() + 1, data=data)
    Page.objects.filter(pk=page.pk).update(live_revision=revision)


def user(**fields: Any) -> User:
    return User.objects.create_user(f"user-{_next()}", **fields)


def member(role: str, name: str = "", *, password: str = "secret", **fields: Any) -> User:
    """Somebody with a role, named after it unless said otherwise, who can sign in to the admin."""
    roles.write_roles()
    made = User.objects.create_user(name or role, password=password, is_staff=True, **fields)
    made.groups.add(Group.objects.get(name=role))
    return made


def comment(page: Any, **fields: Any) -> Comment:
    """A comment below `page`, approved unless said otherwise."""
    n = _next()
    defaults = {"name": f"Reader {n}", "body": f"My calf twitched {n} times.", "status": "approved"}
    with transaction.atomic():
        Thread.objects.locked(page.pk)
    made = Comment(page_id=page.pk, **defaults | fields)
    made.place(Status(made.status))
    if made.due_at:
        made.queued_at = made.queued_at or made.posted_at
    else:
        line_up(made)
    made.save()
    settle([made])
    return made
