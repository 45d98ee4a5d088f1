"""Forms of people without a session. Whatever is wrong with one, it comes back with what was typed."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.signing import BadSignature, SignatureExpired
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from articles.models import Page

from .guard import is_from_here
from .models import Comment, Complaint, Lane
from .models.comments import LONGEST
from .plain_text import Piece, has_visible, marked, without
from .rules.base import Submission
from .rules.crisis import Crisis
from .rules.folding import fold
from .rules.personal_data import PersonalData, find_personal_data
from .rules.pipeline import judge
from .senders import Sender, hashes, network_of
from .tokens import FormToken


class TextField(forms.CharField):
    """Text that is kept exactly as typed; only the line ends that forms are sent with become plain ones.

    The browser is not told how long it may be, or it would cut what is pasted without a word.
    """

    def __init__(self, *, longest: int, **options: Any) -> None:
        super().__init__(strip=False, **options)
        self.validators.append(MaxLengthValidator(longest))

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value)).replace("\r\n", "\n")
        return text if has_visible(text) else ""


class EmailField(forms.EmailField):
    """An address in plain letters: others look like them, and lead to somebody else."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}), **options)

    def clean(self, value: Any) -> str:
        email: str = super().clean(value)
        if not (email.isascii() and email.isprintable()):
            raise ValidationError("We can write only to an address of plain letters from a to z, figures and signs.")
        return email


class PublicForm(forms.Form):
    """A form that is taken only from this site's own pages."""

    def __init__(self, request: HttpRequest, **options: Any) -> None:
        self.request = request
        super().__init__(request.POST if request.method == "POST" else None, **options)

    def clean(self) -> dict[str, Any]:
        if not is_from_here(self.request):
            raise ValidationError(
                "Your browser says that another site sent this, so it was not taken. If it was you, send it again."
            )
        return self.cleaned_data

    @property
    def age(self) -> timedelta:
        """How long ago the form was handed out; of a form without a token nothing is known."""
        return timedelta(days=1)

    @property
    def sender(self) -> Sender:
        trap = str(self.data.get("subject", ""))
        return Sender(hashes(network_of(self.request)), self.age.total_seconds(), trap)


class BodyForm(PublicForm):
    """The text of a comment, with a word of warning before personal data are shown to everybody."""

    body = TextField(
        label="Your comment",
        longest=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Write your comment first."},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        choice = self.data.get("personal")
        if self.personal_data:
            if choice == "remove":
                cleaned["body"] = without(cleaned["body"], [(found.start, found.end) for found in self.personal_data])
            elif choice != "keep" or self.data.get("warned") != self.seal:
                raise ValidationError("Everybody can read what you send. Please look at it again.", code="personal")
        return cleaned

    @cached_property
    def personal_data(self) -> list[PersonalData]:
        """What in the text seems to say who somebody is, or where."""
        return find_personal_data(self.cleaned_data.get("body", ""))

    @property
    def seal(self) -> str:
        """Stands for the text as its author was warned about it: what they add later is looked at, too."""
        return salted_hmac("comments.forms", self.cleaned_data["body"], algorithm="sha256").hexdigest()

    @property
    def kinds_of_personal_data(self) -> str:
        return " and ".join(dict.fromkeys(found.kind for found in self.personal_data))

    @property
    def marked_body(self) -> list[Piece]:
        return marked(self.cleaned_data["body"], [(found.start, found.end) for found in self.personal_data])

    @property
    def needs_support(self) -> bool:
        """Whether what was sent sounds like somebody in danger; it is a form that comes back that asks."""
        sent = str(self.data.get("body", ""))[:LONGEST]
        return judge(Submission(sent), [Crisis()]).lane == Lane.CRISIS

    @property
    def asks_about_personal_data(self) -> bool:
        return self.has_error(NON_FIELD_ERRORS, "personal")


class CommentForm(BodyForm):
    name = TextField(
        label="Name",
        longest=80,
        help_text="Shown with your comment. It need not be your real one.",
        error_messages={"required": "Give a name; it need not be your real one."},
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    email = EmailField(label="E-mail", required=False, help_text="Never shown. You can leave it empty.")
    wants_replies = forms.BooleanField(label="Tell me by e-mail when somebody replies", required=False)

    field_order = ["body", "name", "email", "wants_replies"]

    def __init__(self, request: HttpRequest, *, page: Page, parent: Comment | None, **options: Any) -> None:
        self.page, self.parent = page, parent
        self.given: FormToken | None = None
        self.is_over = False  # it took its time already: the one that replaces it may be sent at once
        super().__init__(request, **options)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name.splitlines() != [name]:
            raise ValidationError("Write the name in one line.")
        if not any(char.isalnum() for char in fold(name).text):
            raise ValidationError("Give a name with a letter or a figure in it.")
        if any(found.kind != "the name of a clinician" for found in find_personal_data(name)):
            raise ValidationError("Everybody can read the name. Choose one that does not tell who or where you are.")
        return name

    def clean(self) -> dict[str, Any]:
        self._read_token()
        cleaned = super().clean()
        if cleaned.get("wants_replies") and not cleaned.get("email") and not self.has_error("email"):
            self.add_error("email", "To hear of replies, give an e-mail address.")
        return cleaned

    def _read_token(self) -> None:
        try:
            given = FormToken.read(str(self.data.get("token", "")))
        except SignatureExpired:
            self.is_over = True
            raise ValidationError(
                "This form was open for a long time. Your text is still here: send it again."
            ) from None
        except (BadSignature, TypeError, ValueError):
            raise ValidationError(
                "This form could not be recognised. Your text is still here: send it again."
            ) from None
        wanted = self._new_token()
        if (given.page, given.parent) != (wanted.page, wanted.parent):
            raise ValidationError("This form belongs to another page. Your text is still here: send it again.")
        self.given = given

    @property
    def fresh_token(self) -> str:
        """What the form carries when it is drawn: its own token again while that is good, or else a new one."""
        return str(self.given or self._new_token())

    def _new_token(self) -> FormToken:
        age = timedelta(minutes=1) if self.is_over else timedelta()
        return FormToken.new(self.page.pk, self.parent.pk if self.parent else None, age=age)

    def refuse(self, why: str) -> None:
        """Show `why` above the form, which may be sent again as a new one."""
        self.given = self.given and self.given.renewed()
        self.add_error(None, why)

    @property
    def age(self) -> timedelta:
        return self.given.age if self.given else timedelta()


class AppealForm(PublicForm):
    why = TextField(
        label="Why should it be shown?",
        longest=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say in a sentence why."},
    )


class ReportForm(PublicForm):
    complaint = forms.ChoiceField(
        label="What is wrong with it?",
        choices=Complaint,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is wrong with it."},
    )
    note = TextField(
        label="What should we know about it?", longest=500, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class AddressForm(PublicForm):
    email = EmailField(label="E-mail")
