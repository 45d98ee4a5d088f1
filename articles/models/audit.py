from django.conf import settings
from django.db import models

from .base import RecordQuerySet, is_one_of
from .pages import Page


class Action(models.TextChoices):
    CREATED = "created", "Created"
    SAVED = "saved", "Saved the draft"
    SET_ASIDE = "set_aside", "Text set aside in a conflict"
    DROPPED = "dropped", "Threw away a text that was set aside"
    MERGED = "merged", "Settled a conflict"
    DISCARDED = "discarded", "Discarded the draft"
    RESTORED = "restored", "Restored into the draft"
    SCHEDULED = "scheduled", "Scheduled"
    UNSCHEDULED = "unscheduled", "Unscheduled"
    PUBLISHED = "published", "Published"
    FAILED = "failed", "Could not be published"
    UNPUBLISHED = "unpublished", "Unpublished"
    SIGNED_OFF = "signed_off", "Signed off"
    HANDED_OVER = "handed_over", "Handed over"
    DELETED = "deleted", "Deleted"
    MODERATED = "moderated", "Moderated"
    UNDONE = "undone", "Undid"


class AuditEntry(models.Model):
    """Who did what to a page or a part of its discussion, when, and where that stood before and after.

    Triggers refuse changes and deletions. `subject` names what was meant where it is not the page itself; `rule` is
    what had brought it up.

    It outlives people and pages: it keeps their names and keys, and the database does not check that they are there.
    """

    at = models.DateTimeField(auto_now_add=True)
    action = models.CharField(max_length=20, choices=Action)
    page = models.ForeignKey(
        Page, null=True, db_constraint=False, on_delete=models.DO_NOTHING, related_name="audit_entries"
    )
    page_title = models.CharField(max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, db_constraint=False, on_delete=models.DO_NOTHING, related_name="+"
    )
    by_name = models.CharField(max_length=150, blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    note = models.TextField(blank=True)
    subject = models.CharField(max_length=80, blank=True)
    rule = models.TextField(blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "audit entry"
        verbose_name_plural = "audit"
        constraints = [is_one_of("action", Action, name="audit_action")]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.page_title}"
