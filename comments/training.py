"""The spam model taught anew, from every decision that stands."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from .learning import Model
from .models import Comment, Decision, LearnedModel, Verdict


def decided() -> QuerySet[Comment]:
    """Comments with the latest `verdict` on each that stands, but those that were written anew since."""
    latest = Decision.objects.verdicts().filter(comment=OuterRef("pk")).order_by("-deed__at", "-pk")
    annotated = Comment.objects.annotate(
        verdict=Subquery(latest.values("verdict")[:1]), decided_at=Subquery(latest.values("deed__at")[:1])
    )
    as_decided = Q(edited_at__isnull=True) | Q(edited_at__lt=F("decided_at"))
    return annotated.filter(as_decided, verdict__isnull=False).exclude(body="")


def examples() -> Iterator[tuple[str, bool]]:
    """Each text that a moderator approved or took for spam, as it was then, and whether it was spam."""
    told_apart = decided().filter(verdict__in=[Verdict.APPROVED, Verdict.SPAM])
    texts = told_apart.order_by("posted_at", "pk").values_list("body", "verdict")
    for body, verdict in texts.iterator():
        yield body, verdict == Verdict.SPAM


@task()
def retrain() -> None:
    """Learn from nothing but the decisions that stand now, so that what was undone leaves no trace.

    Where another training waits, that one does the work: it sees all that this one would.
    """
    if DBTaskResult.objects.filter(task_path=retrain.module_path, status=TaskResultStatus.READY).exists():
        return
    learned_from = list(examples())
    spam = sum(is_spam for _, is_spam in learned_from)
    data = Model.train(learned_from).to_bytes()
    with transaction.atomic():
        LearnedModel.objects.all().delete()
        LearnedModel.objects.create(data=data, spam=spam, ham=len(learned_from) - spam)
