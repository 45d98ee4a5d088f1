"""What can be done with a page beside changing its text."""

from datetime import timedelta
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator

from articles import conflicts, drafts, publishing, scheduling, signing_off
from articles.freezing import digest
from articles.models import Page, SetAside
from articles.previewing import framed_preview

from .views import PageViews

UNTIL_NEXT_REVIEW = timedelta(days=3 * 365)  # the longest that PIF TICK and the NHS standard advise


class SignOffForm(forms.Form):
    due = forms.DateField(
        label="To be reviewed again by",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="Three years at the most.",
    )
    has_read = forms.BooleanField(label="I have read the whole page as it stands below, and it may carry my name")

    def clean_due(self) -> Any:
        due, today = self.cleaned_data["due"], timezone.localdate()
        if not today < due <= today + UNTIL_NEXT_REVIEW:
            raise forms.ValidationError("Choose a day within the next three years.")
        return due


class HandOverForm(forms.Form):
    writer = forms.ModelChoiceField(
        get_user_model().objects.filter(is_staff=True, is_active=True).order_by("username"),
        required=False,
        empty_label="Nobody: editors only",
    )


def digest_of(page: Page) -> str:
    return digest(drafts.state_of(page))


class DeskViews(PageViews):
    page_views = [
        ("preview", "preview"),
        ("unpublish", "unpublish"),
        ("discard-draft", "discard"),
        ("unschedule", "unschedule"),
        ("hand-over", "hand_over"),
        ("sign-off", "sign_off"),
        ("set-aside/<int:key>", "set_aside"),
    ]

    # --- reading ----------------------------------------------------------------------------------------------------

    def preview(self, request: HttpRequest, pk: Any) -> HttpResponse:
        page = self.find(pk, lambda page: self.has_view_or_change_permission(request, page))
        return framed_preview(request, drafts.state_of(page), of="Draft")

    def read(self, request: HttpRequest, page: Page) -> HttpResponse:
        """The page for whoever may read its draft but not change it."""
        form = SignOffForm(initial={"due": timezone.localdate() + UNTIL_NEXT_REVIEW})
        return self._reading(request, page, form)

    @method_decorator(csp_update({"frame-src": [SELF]}))
    def _reading(self, request: HttpRequest, page: Page, form: SignOffForm) -> HttpResponse:
        context = self.context(
            request,
            page,
            "Read",
            form=form,
            may_sign_off=self.may_sign_off(request),
            reviewer=signing_off.profile_of(request.user),
            began_with=digest_of(page),
        )
        return TemplateResponse(request, "admin/page_read.html", context)

    # --- deeds ------------------------------------------------------------------------------------------------------

    def unpublish(self, request: HttpRequest, pk: Any) -> HttpResponse:
        page = self.find(pk, lambda page: self.may_publish(request, page))
        if request.method != "POST":
            return self.confirm(request, page, "Unpublish", "Readers will no longer find it. Nothing is lost.")
        publishing.unpublish(page, by=request.user)
        self.log_deed(request, page, "Unpublished.")
        return self.done(request, page, f"“{page}” is hidden from readers.")

    def discard(self, request: HttpRequest, pk: Any) -> HttpResponse:
        page = self.find(pk, lambda page: self.may_replace_draft(request, page))
        if request.method != "POST":
            by = page.draft.by if hasattr(page, "draft") else None
            whose = f" It was last saved by {by}." if by else ""
            consequence = f"Its changes cannot be brought back.{whose}"
            return self.confirm(request, page, "Discard the draft", consequence, began_with=digest_of(page))
        try:
            drafts.discard_draft(page, by=request.user, began_with=request.POST.get("began_with", ""))
        except drafts.ConflictError:
            return self.refused(request, page, ["The draft has been saved again meanwhile: it was not discarded."])
        self.log_deed(request, page, "Discarded the draft.")
        return self.done(request, page, f"The draft of “{page}” is gone.")

    def unschedule(self, request: HttpRequest, pk: Any) -> HttpResponse:
        page = self.find(pk, lambda page: self.may_publish(request, page))
        if request.method != "POST":
            return self.confirm(request, page, "Unschedule", "It will not be published by itself. The draft stays.")
        scheduling.unschedule(page, by=request.user)
        self.log_deed(request, page, "Unscheduled.")
        return self.done(request, page, f"“{page}” will not be published by itself. The draft stays.")

    def hand_over(self, request: HttpRequest, pk: Any) -> HttpResponse:
        page = self.find(pk, lambda page: self.may_publish(request, page))
        form = HandOverForm(request.POST or None, initial={"writer": page.writer_id})
        if request.method != "POST" or not form.is_valid():
            consequence = "A writer may change the pages that are theirs, and no others."
            return self.confirm(request, page, "Hand over", consequence, form=form)
        publishing.hand_over(page, form.cleaned_data["writer"], by=request.user)
        whose = form.cleaned_data["writer"] or "nobody"
        self.log_deed(request, page, f"Handed over to {whose}.")
        return self.done(request, page, f"“{page}” now belongs to {whose}.")

    def sign_off(self, request: HttpRequest, pk: Any) -> HttpResponse:
        page = self.find(pk, lambda page: self.may_sign_off(request))
        if request.method != "POST":
            return self.read(request, page)
        reviewer, form = signing_off.profile_of(request.user), SignOffForm(request.POST)
        if reviewer is None or not form.is_valid():
            return self._reading(request, page, form)
        began_with, due = request.POST.get("began_with", ""), form.cleaned_data["due"]
        try:
            signing_off.sign_off(page, reviewer, due=due, by=request.user, began_with=began_with)
        except drafts.ConflictError:
            return self.refused(request, page, ["The page has changed while you read it. Please read it again."])
        self.log_deed(request, page, "Signed off.")
        return self.done(request, page, f"Signed off as {reviewer}. Readers see it when an editor publishes the page.")

    # --- conflicts --------------------------------------------------------------------------------------------------

    def set_aside(self, request: HttpRequest, pk: Any, key: int) -> HttpResponse:
        """Two texts of a page, and a choice between them at every place where they differ."""
        page = self.find(pk, lambda page: self.has_change_permission(request, page))
        mine = get_object_or_404(SetAside.objects.select_related("by"), pk=key, page=page.pk)
        if mine.by != request.user and not request.user.has_perm("articles.override_draft"):
            raise PermissionDenied("This text is somebody else's.")
        if request.method != "POST":
            return self._choosing(request, page, mine)
        if "_drop" in request.POST:
            conflicts.drop(mine, by=request.user)
            return self.done(request, page, "That text is gone; the page is as it was saved last.")
        chosen, began_with = self._chosen(request), request.POST.get("began_with", "")
        try:
            conflicts.settle(mine, chosen, by=request.user, began_with=began_with)
        except (drafts.ConflictError, ValidationError) as error:
            told = getattr(error, "messages", ["The page was saved again meanwhile. Here is how it stands now."])
            self.message_user(request, told[0], messages.WARNING)
            return HttpResponseRedirect(request.path)
        return self.done(request, page, "Settled: the draft holds what you chose.")

    def _chosen(self, request: HttpRequest) -> set[str]:
        return {name.removeprefix("choice:") for name, value in request.POST.items() if value == "mine"}

    def _choosing(self, request: HttpRequest, page: Page, mine: SetAside) -> HttpResponse:
        theirs = drafts.state_of(page)
        context = self.context(
            request,
            page,
            "Two texts",
            choices=conflicts.choices(theirs, mine),
            began_with=digest(theirs),
            mine=mine,
            draft=getattr(page, "draft", None),
        )
        return TemplateResponse(request, "admin/page_conflict.html", context)

    # --- who may ----------------------------------------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Writers change the pages that are theirs; editors change any."""
        return super().has_change_permission(request, obj) and (
            obj is None or obj.writer_id == request.user.pk or request.user.has_perm("articles.change_any_page")
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A page that has ever been live is unpublished, never deleted."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.revisions.exists())

    def may_publish(self, request: HttpRequest, page: Page | None = None) -> bool:
        return request.user.has_perm("articles.publish_page") and self.has_change_permission(request, page)

    def may_replace_draft(self, request: HttpRequest, page: Page) -> bool:
        """A draft that is one's own work alone, or with a permission anybody's."""
        draft = getattr(page, "draft", None)
        is_own = draft.by_id == request.user.pk and not draft.is_shared if draft else page.writer_id == request.user.pk
        return self.has_change_permission(request, page) and (
            is_own or request.user.has_perm("articles.override_draft")
        )

    def set_aside_for(self, request: HttpRequest, page: Page) -> Any:
        """The texts of a page that wait for this person: their own, or with a permission anybody's."""
        waiting = page.set_aside.select_related("by").defer("data")
        return waiting if request.user.has_perm("articles.override_draft") else waiting.filter(by=request.user)

    def may_sign_off(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.sign_off_page") and self.has_view_or_change_permission(request)
