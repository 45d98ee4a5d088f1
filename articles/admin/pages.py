from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from articles import publishing
from articles.checking import describe
from articles.models import Draft, Page, Tag

from .base import ReadOnlyAdmin, RichTextAdmin

REVIEW_FIELDS = ("Review", {"fields": ["reviewed_by", "reviewed_on", "review_due_on"], "classes": ["collapse"]})


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("live", "Live"), ("draft", "Live, with a draft"), ("hidden", "Not live")]

    def queryset(self, request: HttpRequest, queryset: Any) -> models.QuerySet[Any]:
        match self.value():
            case "live":
                return queryset.live()
            case "draft":
                return queryset.filter(draft__isnull=False)
            case "hidden":
                return queryset.filter(live_revision__isnull=True)
        return queryset


class PageList(admin.ModelAdmin):
    """What the list of one kind of page and the list of all pages share."""

    list_display = ["title", "state", "last_published"]
    list_filter = [StateFilter, "tags"]
    search_fields = ["title", "slug", "standfirst"]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        shown = ["live_revision", "draft", "draft__by", *(self.list_select_related or ())]
        pages = super().get_queryset(request).select_related(*shown)
        return pages.defer("live_revision__data", "draft__data")

    @admin.display(ordering="live_revision")
    def state(self, page: Page) -> str:
        if not page.is_live:
            return "Not live"
        return "Live, with a draft" if hasattr(page, "draft") else "Live"

    @admin.display(ordering="live_revision__at")
    def last_published(self, page: Page) -> Any:
        return page.live_revision.at if page.is_live else None


@admin.register(Page)
class AllPagesAdmin(PageList, ReadOnlyAdmin):
    """Pages of all kinds in one list; a page is changed in the admin of its kind."""

    list_display = ["title", "kind", "state", "last_published"]
    list_filter = [*PageList.list_filter, "kind"]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        page = self.get_object(request, unquote(object_id))
        if page is None:
            raise Http404
        return HttpResponseRedirect(reverse(f"admin:{page.kind.replace('.', '_')}_change", args=[page.pk]))


class PageForm(forms.ModelForm):
    def clean_tags(self) -> list[str]:
        tags: list[str] = self.cleaned_data["tags"]
        longest = Tag._meta.get_field("name").max_length
        if too_long := [tag for tag in tags if len(tag) > longest]:
            raise ValidationError(f"A tag has at most {longest} characters; put commas between tags: {too_long[0]}")
        return tags


class PageAdmin(PageList, RichTextAdmin):
    """The admin of one kind of page. Saving a live page saves its draft; only Publish shows anything to readers."""

    form = PageForm
    change_form_template = "admin/page_change_form.html"
    autocomplete_fields = ["reviewed_by"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "standfirst":
            kwargs["widget"] = admin.widgets.AdminTextareaWidget({"rows": 3})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, list[str]]:
        return {} if obj else {"slug": ["title"]}

    # --- the form ---------------------------------------------------------------------------------------------------

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        page = self.get_object(request, unquote(object_id))
        self._refuse_publishing_without_permission(request)
        extra_context = {**(extra_context or {}), "may_publish": self.may_publish(request), "page": page}
        if page is None:
            return super().change_view(request, object_id, form_url, extra_context)
        with publishing.drafting(page) as is_rolled_back:
            if is_rolled_back:
                request.drafted = None
            response = super().change_view(request, object_id, form_url, extra_context)
            if isinstance(response, TemplateResponse):
                response.render()  # while the rows hold the draft
        if getattr(request, "drafted", None):
            self._keep_draft(request, page, **request.drafted)
        return response

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        self._refuse_publishing_without_permission(request)
        extra_context = {**(extra_context or {}), "may_publish": self.may_publish(request)}
        return super().add_view(request, form_url, extra_context)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Django calls this once all rows are saved. Those of a draft are about to be rolled back: keep their state."""
        if not hasattr(request, "drafted"):
            return super().log_change(request, obj, message)
        request.drafted = {"data": publishing.freeze(obj), "message": message}
        return None

    def _keep_draft(self, request: HttpRequest, page: Page, data: Any, message: Any) -> None:
        draft = publishing.save_draft(page, data, by=request.user)
        super().log_change(request, page, message)
        if "_publish" in request.POST:
            self._publish(request, page)
        elif draft:
            self.message_user(request, f"Draft of “{page}” saved. Readers still see the published text.")
        else:
            self.message_user(request, f"“{page}” is now as readers see it: there is nothing to publish.")

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        if "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return self._after_saving_rows(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if "_popup" in request.POST:
            return super().response_change(request, obj)
        if hasattr(request, "drafted"):
            return HttpResponseRedirect(self._form_url(obj))
        return self._after_saving_rows(request, obj)

    def _after_saving_rows(self, request: HttpRequest, page: Page) -> HttpResponse:
        if "_publish" in request.POST:
            self._publish(request, page)
        else:
            self.message_user(request, f"“{page}” saved. Readers do not see it until you publish it.")
        return HttpResponseRedirect(self._form_url(page))

    def _publish(self, request: HttpRequest, page: Page) -> None:
        note = request.POST.get("publication_note", "").strip()[:300]
        try:
            revision = publishing.publish(page, by=request.user, note=note)
        except ValidationError as error:
            self.message_user(request, "Saved, but not published:", messages.WARNING)
            for line in describe(error):
                self.message_user(request, line, messages.ERROR)
        else:
            if revision.pk == page.live_revision_id:
                self.message_user(request, f"“{page}” is already as readers see it: there was nothing to publish.")
            else:
                self.message_user(request, f"“{page}” published. Readers see it now.", messages.SUCCESS)

    def _form_url(self, page: Page) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[page.pk])

    # --- what may be done -------------------------------------------------------------------------------------------

    def may_publish(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.publish_page") and self.has_change_permission(request)

    def _refuse_publishing_without_permission(self, request: HttpRequest) -> None:
        """Before anything is saved; whoever may not publish has no such button."""
        if "_publish" in request.POST and not self.may_publish(request):
            raise PermissionDenied

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A page that has ever been live is unpublished, never deleted."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.revisions.exists())

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("<uuid:pk>/unpublish/", wrap(self.unpublish_view), name=f"{name}_unpublish"),
            path("<uuid:pk>/discard-draft/", wrap(self.discard_view), name=f"{name}_discard"),
            *super().get_urls(),
        ]

    def unpublish_view(self, request: HttpRequest, pk: Any) -> HttpResponse:
        page = get_object_or_404(self.model, pk=pk)
        if not self.may_publish(request):
            raise PermissionDenied
        if request.method == "POST":
            publishing.unpublish(page)
            self.log_change(request, page, "Unpublished.")
            return self._done(request, page, f"“{page}” is hidden from readers.")
        return self._confirm(request, page, "Unpublish", "Readers will no longer find it. Nothing is lost.")

    def discard_view(self, request: HttpRequest, pk: Any) -> HttpResponse:
        page = get_object_or_404(self.model, pk=pk)
        if not self.has_change_permission(request, page):
            raise PermissionDenied
        if request.method == "POST":
            publishing.discard_draft(page)
            self.log_change(request, page, "Discarded the draft.")
            return self._done(request, page, f"The draft of “{page}” is gone.")
        draft = Draft.objects.filter(page=page).select_related("by").first()
        whose = f" It was last saved by {draft.by}." if draft and draft.by else ""
        return self._confirm(request, page, "Discard the draft", f"Its changes cannot be brought back.{whose}")

    def _done(self, request: HttpRequest, page: Page, message: str) -> HttpResponse:
        self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(self._form_url(page))

    def _confirm(self, request: HttpRequest, page: Page, action: str, consequence: str) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": f"{action}: {page}",
            "action": action,
            "consequence": consequence,
            "page": page,
            "opts": self.opts,
            "back": self._form_url(page),
        }
        return TemplateResponse(request, "admin/page_confirm.html", context)
