"""Signed words that stand in for sessions: of a form, of a comment's author, of who reads an e-mail address."""

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.core.signing import BadSignature, SignatureExpired, Signer, TimestampSigner
from django.utils import timezone

FORM_LASTS = timedelta(hours=12)
EMAIL_LASTS = timedelta(days=1)

_form = Signer(salt="comments.form")
_author = Signer(salt="comments.author")
_replies = Signer(salt="comments.replies")
_email = TimestampSigner(salt="comments.email")


@dataclass(frozen=True)
class FormToken:
    """A form as it was handed out: for which page, below which comment, when, and a key that no other form has."""

    page: str
    parent: str
    key: str
    made_at: float  # seconds since the epoch

    @classmethod
    def new(cls, page: UUID, parent: UUID | None, *, age: timedelta = timedelta()) -> "FormToken":
        return cls(str(page), str(parent or ""), secrets.token_hex(16), (timezone.now() - age).timestamp())

    def renewed(self) -> "FormToken":
        """The same form with a key of its own, so that it brings another comment; it is as old as it was."""
        return replace(self, key=secrets.token_hex(16))

    @classmethod
    def read(cls, text: str) -> "FormToken":
        """Raises BadSignature where we never made it, SignatureExpired where that was more than FORM_LASTS ago."""
        token = cls(*_form.unsign_object(text))
        if token.age > FORM_LASTS:
            raise SignatureExpired
        return token

    @property
    def age(self) -> timedelta:
        return timedelta(seconds=timezone.now().timestamp() - self.made_at)

    def __str__(self) -> str:
        return _form.sign_object([self.page, self.parent, self.key, self.made_at])


def author_token(comment: UUID) -> str:
    """What makes the secret link of a comment; whoever knows it is taken for its author."""
    return _author.sign(comment.hex)


def read_author_token(token: str) -> UUID:
    """Raises BadSignature."""
    return UUID(_author.unsign(token))


def replies_token(comment: UUID, email: str) -> str:
    """What an e-mail about replies carries: enough to confirm this address, and to stop; for nothing else."""
    return _replies.sign_object([comment.hex, email])


def read_replies_token(token: str) -> tuple[UUID, str]:
    """Raises BadSignature."""
    comment, email = _replies.unsign_object(token)
    return UUID(comment), email


def email_token(email: str) -> str:
    """What shows that somebody reads the mail of this address."""
    return _email.sign_object(email)


def read_email_token(token: str) -> str:
    """Raises BadSignature, and SignatureExpired after EMAIL_LASTS."""
    email = _email.unsign_object(token, max_age=EMAIL_LASTS)
    if not isinstance(email, str):
        raise BadSignature
    return email
