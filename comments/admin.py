"""Comments as moderators see them: what waits first, why it waits, and three ways to decide."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Case, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from articles.admin import ReadOnlyAdmin
from articles.models import Page

from .models import Comment, Lane, Status, Thread, Verdict
from .moderation import REASONS, decide
from .plain_text import marked

MAY_MODERATE = "comments.moderate_comment"
#: What an author is told of a refusal, "" where nothing is chosen.
REASON_CHOICES = [("", "No reason"), *((reason, reason) for reason in REASONS)]


class DecisionForm(forms.Form):
    reason = forms.ChoiceField(choices=REASON_CHOICES, required=False, label="Reason for the author")
    drawn_at = forms.DateTimeField(widget=forms.HiddenInput, label="", initial=timezone.now)


class DecisionActionForm(DecisionForm, ActionForm):
    """The form above the list: what to do with the chosen comments as the list shows them."""

    field_order = ["action", "reason"]


class StatusFilter(admin.SimpleListFilter):
    """What waits, unless something else is asked for."""

    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*((value, label) for value, label in Status.choices if value != Status.PENDING), ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        choices = list(super().choices(changelist))
        choices[0]["display"] = Status.PENDING.label
        return choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        wanted = self.value() or Status.PENDING
        return queryset.filter(status=wanted) if wanted in Status.values else queryset


class AppealFilter(admin.SimpleListFilter):
    title = "appeal"
    parameter_name = "appealed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Asked for another look")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        return queryset.filter(appealed_at__isnull=False) if self.value() else queryset


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    list_display = ["text", "reasons", "lane", "waits", "name", "page"]
    list_filter = [StatusFilter, "lane", AppealFilter]
    search_fields = ["name", "body", "page__title"]
    list_select_related = ["page"]
    list_per_page = 50
    actions = ["approve", "reject", "mark_as_spam"]
    action_form = DecisionActionForm
    change_form_template = "admin/comment_change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        return super().get_queryset(request).prefetch_related("findings")

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """The most pressing lane first, and in it what is due first."""
        rank = Case(*(When(lane=lane, then=Value(place)) for place, lane in enumerate(Lane.values)))
        return [rank, "due_at", "-posted_at"]

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_MODERATE)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """The named filters alone: others would find out what is not shown, such as an e-mail address."""
        return lookup in {"status", "lane__exact", "appealed"}

    # --- the list ---------------------------------------------------------------------------------------------------

    @admin.display(description="comment")
    def text(self, comment: Comment) -> str:
        return f"{comment.body[:120]}…" if len(comment.body) > 120 else comment.body or "(erased)"

    @admin.display(description="waits")
    def waits(self, comment: Comment) -> str:
        if comment.due_at is None:
            return "-"
        left = comment.due_at - timezone.now()
        minutes = abs(int(left.total_seconds())) // 60
        span = f"{minutes // 60} h {minutes % 60:02} min"
        return f"{span} left" if left.total_seconds() > 0 else f"LATE by {span}"

    @admin.display(description="why")
    def reasons(self, comment: Comment) -> str:
        return "; ".join(finding.why for finding in comment.findings.all()) or "-"

    @admin.action(description="Approve", permissions=["moderate"])
    def approve(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self._decide_on(request, comments, Verdict.APPROVED)

    @admin.action(description="Reject", permissions=["moderate"])
    def reject(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self._decide_on(request, comments, Verdict.REJECTED)

    @admin.action(description="Mark as spam", permissions=["moderate"])
    def mark_as_spam(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self._decide_on(request, comments, Verdict.SPAM)

    def _decide_on(self, request: HttpRequest, comments: QuerySet[Comment], verdict: Verdict) -> None:
        form = DecisionForm(request.POST)
        if not form.is_valid():
            self.message_user(request, "The list was too old to decide by. Choose again.", messages.ERROR)
            return
        asked = list(comments)
        done = decide(asked, verdict, by=request.user, **form.cleaned_data)
        self._tell(request, verdict, len(done), len(asked))

    def _tell(self, request: HttpRequest, verdict: Verdict, done: int, asked: int) -> None:
        self.message_user(request, f"{verdict.label}: {done} of {asked}.", messages.SUCCESS)
        if done < asked:
            left = "Left alone: what stood so already, was withdrawn, or is not what it was when you opened the page."
            self.message_user(request, left, messages.WARNING)

    # --- one comment ------------------------------------------------------------------------------------------------

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        comment = self.get_object(request, unquote(object_id))
        if comment is None:
            raise Http404
        if not self.has_view_permission(request, comment):
            raise PermissionDenied
        return self._decided(request, comment) if request.method == "POST" else self._shown(request, comment)

    def _decided(self, request: HttpRequest, comment: Comment) -> HttpResponse:
        if not self.has_moderate_permission(request):
            raise PermissionDenied
        form = DecisionForm(request.POST)
        if not form.is_valid() or request.POST.get("verdict") not in Verdict.values:
            self.message_user(request, "Nothing was decided: say again what is to be done.", messages.ERROR)
            return HttpResponseRedirect(request.path)
        verdict = Verdict(request.POST["verdict"])
        done = decide([comment], verdict, by=request.user, **form.cleaned_data)
        self._tell(request, verdict, len(done), 1)
        return HttpResponseRedirect(reverse("admin:comments_comment_changelist") if done else request.path)

    def _shown(self, request: HttpRequest, comment: Comment) -> HttpResponse:
        findings = list(comment.findings.all())
        context = {
            **self.admin_site.each_context(request),
            "title": f"Comment by {comment.name or '(erased)'}",
            "opts": self.opts,
            "comment": comment,
            "pieces": marked(comment.body, [(finding.start, finding.end) for finding in findings]),
            "findings": findings,
            "decisions": comment.decisions.select_related("by"),
            "earlier_texts": comment.earlier_texts.all(),
            "waits": self.waits(comment),
            "form": DecisionForm() if self.has_moderate_permission(request) else None,
            "verdicts": [verdict for verdict in Verdict if verdict != comment.status],
        }
        return TemplateResponse(request, self.change_form_template, context)


@admin.register(Thread)
class ThreadAdmin(admin.ModelAdmin):
    """Who may comment on a page. A page without a thread here has the usual one: all held."""

    list_display = ["page", "mode", "approved", "opened_at", "closes_after_days"]
    list_filter = ["mode"]
    search_fields = ["page__title"]
    list_select_related = ["page"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        pages = Page.objects.live().filter(kind__in=settings.COMMENTED_KINDS, thread__isnull=True)
        return super().formfield_for_foreignkey(db_field, request, queryset=pages, **options)

    def save_model(self, request: HttpRequest, obj: Thread, form: Any, change: bool) -> None:
        """Nothing but what was changed: the counts may have moved on since the form was read."""
        obj.save(update_fields=form.changed_data if change else None)
        Thread.objects.changed([obj.pk])

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["page"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
