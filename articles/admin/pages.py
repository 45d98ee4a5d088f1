import re
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from js_asset import Script

from articles import auditing, conflicts, drafts, previewing, publishing, scheduling
from articles.checking import describe
from articles.freezing import digest, freeze, part_models
from articles.models import Action, Draft, Page, Tag

from .base import RichTextAdmin
from .desk import DeskViews
from .history import HistoryViews
from .lists import PageList

LINK_FIELDS = ("Links", {"fields": ["tags", "link_words", "link_terms"]})
REVIEW_FIELDS = ("Review", {"fields": ["reviewed_by", "reviewed_on", "review_due_on"], "classes": ["collapse"]})


class PageForm(forms.ModelForm):
    def clean_tags(self) -> list[str]:
        tags: list[str] = self.cleaned_data["tags"]
        longest = Tag._meta.get_field("name").max_length
        if too_long := [tag for tag in tags if len(tag) > longest]:
            raise ValidationError(f"A tag has at most {longest} characters; put commas between tags: {too_long[0]}")
        return tags

    def clean_review_due_on(self) -> Any:
        """The day of the review is no field of the form, so no constraint that needs it is checked by the form."""
        due, reviewed = self.cleaned_data["review_due_on"], self.instance.reviewed_on
        if due and reviewed and due <= reviewed:
            raise ValidationError("The next review has to be due after the last one.")
        return due


class PublicationForm(forms.Form):
    """What is said of a publication, and when it is to be."""

    note = forms.CharField(
        label="What changed", required=False, max_length=300, widget=forms.TextInput({"class": "publication__note"})
    )
    is_substantial = forms.BooleanField(label="Tell readers: a change of substance", required=False)
    at = forms.DateTimeField(
        label="at (UTC)",
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    prefix = "publication"

    @property
    def note_and_weight(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("note", "is_substantial")}


def began_with(request: HttpRequest) -> str:
    """The digest of the state that the posted form was opened with; "" where it has none."""
    posted = request.POST.get("_began_with", "")
    return posted if re.fullmatch(r"[0-9a-f]{64}", posted) else ""


class PageAdmin(DeskViews, HistoryViews, PageList, RichTextAdmin):
    """The admin of one kind of page. Saving keeps a draft; only Publish shows anything to readers.

    The form reads and writes rows, inside `drafts.drafting`: what it wrote is frozen and rolled back, and then goes
    where the pressed button says.
    """

    form = PageForm
    change_form_template = "admin/page_change_form.html"
    autocomplete_fields: list[str] = []
    readonly_fields = ["reviewed_by", "reviewed_on"]  # which only a sign-off sets

    class Media:
        js = [Script("js/newsroom.js", type="module")]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "standfirst":
            kwargs["widget"] = admin.widgets.AdminTextareaWidget({"rows": 3})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, list[str]]:
        return {} if obj else {"slug": ["title"]}

    # --- the form ---------------------------------------------------------------------------------------------------

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        page = self.get_object(request, unquote(object_id))
        if page is None:
            return super().change_view(request, object_id, form_url, extra_context)
        if not self.has_change_permission(request, page):
            return self._only_read(request, page)
        if "_saveasnew" in request.POST:  # which Django would obey, past every check below
            raise PermissionDenied
        self._refuse_publishing_without_permission(request, page)
        with drafts.drafting(page):
            context = self._newsroom_context(request, page) | (extra_context or {})
            response = super().change_view(request, object_id, form_url, context)
            if isinstance(response, TemplateResponse):
                response.render()  # while the rows hold the draft
        if hasattr(request, "frozen"):
            return self._keep(request, page, response)
        return self._refuse_preview(request, response)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        self._refuse_publishing_without_permission(request)
        context = {"publication": PublicationForm(), "may_publish": self.may_publish(request)} | (extra_context or {})
        with transaction.atomic():
            response = super().add_view(request, form_url, context)
            transaction.set_rollback("_preview" in request.POST)
        if "_preview" in request.POST and hasattr(request, "frozen"):
            return previewing.framed_preview(request, request.frozen)
        return self._refuse_preview(request, response)

    def _newsroom_context(self, request: HttpRequest, page: Page) -> dict[str, Any]:
        return {
            "page": page,
            "publication": PublicationForm(initial=request.GET.dict()),
            "may_publish": self.may_publish(request, page),
            "may_discard": self.may_replace_draft(request, page),
            "may_sign_off": self.may_sign_off(request),
            "preview_link": previewing.link_to(page),
            "preview_days": previewing.LINK_DAYS,
            "set_aside": self.set_aside_for(request, page),
            "began_with": began_with(request) or digest(drafts.state_of(page)),
        }

    def _only_read(self, request: HttpRequest, page: Page) -> HttpResponse:
        if request.method == "POST" or not self.has_view_permission(request, page):
            raise PermissionDenied
        return self.read(request, page)

    def _refuse_preview(self, request: HttpRequest, response: Any) -> HttpResponse:
        """What the preview shows in place of a form with mistakes: what they are."""
        if "_preview" in request.POST and isinstance(response, TemplateResponse):
            context = {"errors": response.context_data["errors"], **self.admin_site.each_context(request)}
            return previewing.framed(request, TemplateResponse(request, "admin/preview_refused.html", context))
        return response

    # --- what the form wrote ----------------------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.writer = request.user
        super().save_model(request, obj, form, change)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry | None:
        """Django calls this once all rows are saved. They are about to be rolled back: keep their state."""
        request.frozen, request.log_message = freeze(obj), message
        return None

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        request.frozen = freeze(obj)
        request.saved = digest(request.frozen)
        auditing.record(obj, Action.CREATED, by=request.user)
        return super().log_addition(request, obj, message)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The row in the table of all pages and the parts of a page go with it, unasked."""
        to_delete, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        own = {str(model._meta.verbose_name) for model in (Page, *part_models(self.model))}
        return to_delete, counts, set(perms_needed) - own, protected

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        key, before = obj.pk, auditing.standing(obj)
        with transaction.atomic():
            super().delete_model(request, obj)
            obj.pk = key  # which Django has taken from it
            auditing.record(obj, Action.DELETED, by=request.user, before=before)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        for page in queryset:
            self.delete_model(request, page)

    def _keep(self, request: HttpRequest, page: Page, response: HttpResponse) -> HttpResponse:
        """Save what the form wrote as the draft, or set it aside where somebody else saved meanwhile."""
        if "_preview" in request.POST:
            return previewing.framed_preview(request, request.frozen)
        data, opened = request.frozen, began_with(request)
        try:
            draft = drafts.save_draft(page, data, by=request.user, began_with=opened)
        except drafts.ConflictError:
            mine = conflicts.set_aside(page, data, by=request.user, began_with=opened)
            return HttpResponseRedirect(self.url_of(page, "set_aside", mine.pk))
        self.log_deed(request, page, request.log_message)
        kept = drafts.state_of(page) if data["fields"]["reviewed_by"] else data
        request.saved = digest(kept)
        if any(kept["fields"][name] != data["fields"][name] for name in drafts.SIGN_OFF):
            told = "The text is no longer the one that was signed off: it needs another sign-off."
            self.message_user(request, told, messages.WARNING)
        return response if "_popup" in request.POST else self._press(request, page, draft)

    # --- what the buttons do ----------------------------------------------------------------------------------------

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        if "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return self._press(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if "_popup" in request.POST:
            return super().response_change(request, obj)
        return HttpResponseRedirect(self.url_of(obj))

    def _press(self, request: HttpRequest, page: Page, draft: Draft | None = None) -> HttpResponse:
        """What the pressed button asks for, once the draft is kept."""
        if "_publish" in request.POST or "_schedule" in request.POST:
            return self._publish(request, page)
        if "_unschedule" in request.POST:
            scheduling.unschedule(page, by=request.user)
            self.message_user(request, f"“{page}” will not be published by itself.", messages.SUCCESS)
            page.refresh_from_db()
        self._say_saved(request, page, draft)
        return HttpResponseRedirect(self.url_of(page))

    def _say_saved(self, request: HttpRequest, page: Page, draft: Draft | None) -> None:
        if not page.is_live:
            told = f"“{page}” saved. Readers do not see it until you publish it."
        elif draft:
            told = f"Draft of “{page}” saved. Readers still see the published text."
        else:
            told = f"“{page}” is now as readers see it: there is nothing to publish."
        if hasattr(page, "schedule"):
            told += " What is scheduled stays as it was; schedule again to take these changes in."
        self.message_user(request, told)

    def _publish(self, request: HttpRequest, page: Page) -> HttpResponse:
        """Publish or schedule the draft; where that is refused, what was typed about it comes back with the reason."""
        form = PublicationForm(request.POST)
        try:
            if not form.is_valid():
                raise ValidationError({form.fields[name].label: lines for name, lines in form.errors.as_data().items()})
            if "_schedule" in request.POST:
                self._schedule(request, page, form)
            else:
                self._publish_now(request, page, form)
        except drafts.ConflictError:
            told = (
                "Saved, but not published: somebody has saved the page since. Look at the draft, and publish it again."
            )
            self.message_user(request, told, messages.WARNING)
        except ValidationError as error:
            self.message_user(request, "Saved, but not published:", messages.WARNING)
            for line in describe(error):
                self.message_user(request, line, messages.ERROR)
            typed = {name: request.POST.get(f"publication-{name}", "") for name in form.fields}
            return HttpResponseRedirect(f"{self.url_of(page)}?{urlencode({k: v for k, v in typed.items() if v})}")
        return HttpResponseRedirect(self.url_of(page))

    def _publish_now(self, request: HttpRequest, page: Page, form: PublicationForm) -> None:
        revision = publishing.publish(page, by=request.user, **form.note_and_weight, began_with=request.saved)
        if revision.pk == page.live_revision_id:
            self.message_user(request, f"“{page}” is already as readers see it: there was nothing to publish.")
        else:
            self.message_user(request, f"“{page}” published. Readers see it now.", messages.SUCCESS)

    def _schedule(self, request: HttpRequest, page: Page, form: PublicationForm) -> None:
        if not form.cleaned_data["at"]:
            raise ValidationError({"at": "Say when it is to be published."})
        at = form.cleaned_data["at"]
        scheduling.schedule(page, at=at, by=request.user, **form.note_and_weight, began_with=request.saved)
        self.message_user(request, f"“{page}” will be published on {at:%-d %B %Y at %H:%M} UTC.", messages.SUCCESS)

    def _refuse_publishing_without_permission(self, request: HttpRequest, page: Page | None = None) -> None:
        """Before anything is saved; whoever may not publish has no such button, and a popup has none for anybody."""
        wants_to_publish = {"_publish", "_schedule", "_unschedule"} & request.POST.keys()
        if wants_to_publish and ("_popup" in request.POST or not self.may_publish(request, page)):
            raise PermissionDenied
