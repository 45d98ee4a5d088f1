"""The states of a page beside its rows: its draft, what is to be published, what was, and where it used to live."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ProtectedError, Q
from django.utils import timezone

from articles.moments import moment

from .base import RecordQuerySet
from .pages import Page


def _person() -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")


def _substance_is_explained(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(is_substantial=False) | ~Q(note=""),
        name=name,
        violation_error_message="Readers are told of a change of substance: say in the note what changed.",
    )


class Draft(models.Model):
    """Unpublished changes of a live page: its whole frozen state as the editors want it."""

    page = models.OneToOneField(Page, primary_key=True, on_delete=models.CASCADE, related_name="draft")
    data = models.JSONField()
    by = _person()
    #: Whether more than one person has worked on it.
    is_shared = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"Draft of {self.page}"


class SetAside(models.Model):
    """A state that would have replaced what somebody else saved meanwhile, kept until its author has dealt with it."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="set_aside")
    data = models.JSONField()
    #: Digest of the state that its author began with.
    began_with = models.CharField(max_length=64)
    by = _person()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.page}, set aside"


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    def due(self) -> Self:
        """Those whose moment has come and that have not failed, first come first."""
        return self.filter(at__lte=timezone.now(), failure="").order_by("at")


class Schedule(models.Model):
    """A frozen state that readers are to see from a moment on."""

    page = models.OneToOneField(Page, primary_key=True, on_delete=models.CASCADE, related_name="schedule")
    at = models.DateTimeField(db_index=True)
    data = models.JSONField()
    note = models.CharField(max_length=300, blank=True)
    is_substantial = models.BooleanField(default=False)
    by = _person()
    #: Why it could not be published when its moment came; it is not tried again by itself.
    failure = models.TextField(blank=True)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        constraints = [_substance_is_explained("scheduled_change_of_substance_is_explained")]

    def __str__(self) -> str:
        return f"{self.page}, to be published {moment(self.at)}"


class Revision(models.Model):
    """One publication of a page: its whole frozen state, who published it and why. Never changed, never deleted.

    Triggers refuse it, but for forgetting who published: people may be deleted.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    data = models.JSONField()
    note = models.CharField(max_length=300, blank=True)
    is_substantial = models.BooleanField(default=False)
    #: What the page tells readers of its changes of substance, newest first: [{"at": ISO time, "note": text}, ...].
    #: Each publication holds the whole list, so that drawing the page asks for no other.
    changes = models.JSONField(default=list, blank=True)
    by = _person()
    at = models.DateTimeField(default=timezone.now)

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="revision_number_is_unique"),
            _substance_is_explained("change_of_substance_is_explained"),
        ]

    def __str__(self) -> str:
        return f"{self.page}, publication {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ValidationError("A publication is a record; it cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise ProtectedError("A publication is a record; it cannot be deleted.", {self})

    @property
    def told_changes(self) -> list[tuple[datetime, str]]:
        return [(datetime.fromisoformat(change["at"]), change["note"]) for change in self.changes]


class OldPath(models.Model):
    """A path where a page used to live. It names the page, not a new path, so redirects neither chain nor loop."""

    path = models.CharField(max_length=200, unique=True)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="old_paths")

    class Meta:
        ordering = ["path"]
        constraints = [models.CheckConstraint(condition=Q(path__startswith="/"), name="old_path_is_absolute")]

    def __str__(self) -> str:
        return self.path
