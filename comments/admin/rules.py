"""The rules, as far as moderators can set them: tried on what was decided before, put in force, and taken back."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from comments import simulating
from comments.judging import RULES
from comments.models import RuleBook
from comments.rules.book import PHRASE_LANES, RANGES, SHIPPED, Book, plain_words
from comments.rules.crisis import Crisis
from comments.rules.graphic import Graphic
from comments.rules.own_phrases import OwnPhrases

from .base import DeskRequest, desk_page, drawn

_ALWAYS_ON = {Crisis.name, Graphic.name, OwnPhrases.name}


class NumberField(forms.IntegerField):
    def __init__(self, name: str, label: str, unit: str) -> None:
        least, most = RANGES[name]
        help_text = f"{unit}, from {least} to {most}; as shipped, {getattr(SHIPPED, name)}."
        super().__init__(min_value=least, max_value=most, label=label, help_text=help_text)


class PhrasesField(forms.CharField):
    """Phrases, one a line."""

    def __init__(self, label: str, help_text: str = "") -> None:
        super().__init__(
            label=label, help_text=help_text, required=False, widget=forms.Textarea(attrs={"rows": 3, "cols": 60})
        )

    def clean(self, value: Any) -> tuple[str, ...]:
        lines = (" ".join(line.split()) for line in super().clean(value).splitlines())
        phrases = tuple(dict.fromkeys(line for line in lines if line))
        for phrase in phrases:
            try:
                plain_words(phrase)
            except ValueError as error:
                raise ValidationError(str(error)) from error
        return phrases


class BookForm(forms.Form):
    """What is typed into it makes `book`, once it is valid."""

    drawn_from = forms.IntegerField(required=False, widget=forms.HiddenInput)
    hold_at = NumberField("hold_at", "A comment is held at", "Points of one lane")
    spam_at = NumberField("spam_at", "A comment is taken for spam at", "Points for spam and selling together")
    advice_like = NumberField("advice_like", "A text reads like advice at", "Likeness in percent")
    selling_like = NumberField("selling_like", "A text reads like advertising at", "Likeness in percent")
    spam_like = NumberField("spam_like", "A text reads like spam of earlier days at", "Likeness in percent")
    off = forms.MultipleChoiceField(
        choices=[(rule.name, f"{rule.name}: {rule.told}") for rule in RULES if rule.name not in _ALWAYS_ON],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Rules that are switched off",
        help_text="Whatever looks for people in danger is always on, and what it finds is always held.",
    )
    spared = PhrasesField("Phrases to spare", "What a rule finds does not count where it overlaps one of these.")
    reason = forms.CharField(
        max_length=250, required=False, label="Why", help_text="For other moderators; needed to apply the changes."
    )

    def __init__(self, *args: Any, latest: RuleBook | None, **options: Any) -> None:
        book = Book.of(latest)
        super().__init__(*args, initial=_typed(book) | {"drawn_from": latest and latest.pk}, **options)
        for lane in PHRASE_LANES:
            self.fields[lane.value] = PhrasesField(f"Phrases to hold as {lane.label.lower()}")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "apply" in self.data and not cleaned.get("reason"):
            self.add_error("reason", "Say why, for other moderators.")
        if not self.errors:
            try:
                self.book = _book(cleaned)
            except ValueError as error:
                raise ValidationError(str(error)) from error
        return cleaned

    def draw_from(self, latest: RuleBook | None) -> None:
        """From now on it is about the rules of that row, which its moderator has been shown."""
        data = cast(QueryDict, self.data).copy()
        data["drawn_from"] = str(latest.pk) if latest else ""
        self.data = data

    @property
    def numbers(self) -> list[forms.BoundField]:
        return [self[name] for name in RANGES]

    @property
    def held(self) -> list[forms.BoundField]:
        return [self[lane.value] for lane in PHRASE_LANES]


def _typed(book: Book) -> dict[str, Any]:
    """What stands in the form of a book."""
    lists = {lane.value: "\n".join(phrase for its, phrase in book.phrases if its == lane) for lane in PHRASE_LANES}
    return book.to_json() | lists | {"spared": "\n".join(book.spared)}


def _book(cleaned: dict[str, Any]) -> Book:
    phrases = [(lane, phrase) for lane in PHRASE_LANES for phrase in cleaned[lane.value]]
    return Book.from_json(cleaned | {"phrases": phrases})


@desk_page
def rules(request: DeskRequest) -> HttpResponse:
    """The rules as they can be set; one button tries them, the other applies them."""
    latest = RuleBook.objects.in_force()
    form = BookForm(request.POST if request.method == "POST" else None, latest=latest)
    replay = None
    if form.is_valid():
        if "apply" not in request.POST:
            replay = simulating.replay(form.book, Book.of(latest))
            form.draw_from(latest)
        elif _is_applied(request, form):
            return redirect("admin:comments_rules")
    context = {"page": "rules", "form": form, "replay": replay, "history": simulating.history()}
    return drawn(request, "admin/desk_rules.html", "Rules", **context)


def _is_applied(request: DeskRequest, form: BookForm) -> bool:
    sent = form.cleaned_data
    try:
        simulating.apply(form.book, by=request.user, reason=sent["reason"], drawn_from=sent["drawn_from"])
    except simulating.NotAppliedError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, "The rules are in force. Comments that come in from now on are judged by them.")
    return True
