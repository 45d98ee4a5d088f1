import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import ProtectedError
from django.utils.text import capfirst


class Identified(models.Model):
    """A row with an identity that no other row of any table shares, so that frozen data can name it without doubt."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Part(Identified):
    """A row that belongs to one other row, its owner, and is frozen, thawed and published with it.

    `owner` names the foreign key. Nothing outside the owner may point at a part: thawing replaces changed parts.
    Parts have no unique (owner, position), because rows swap places in the middle of a save.
    """

    owner: ClassVar[str]
    #: Key of the list of such parts in content/ files; with `content_value`, the list holds that one field alone.
    content_name: ClassVar[str]
    content_value: ClassVar[str] = ""
    #: Fields of plain text that readers read as sentences, beside the rich text.
    sentences: ClassVar[tuple[str, ...]] = ()
    #: Whether a result of search may show its text, without what stands around that on its page.
    stands_alone: ClassVar[bool] = True

    class Meta:
        abstract = True

    @classmethod
    def key_of(cls, pk: Any) -> str:
        """What names one of these parts among those of all types: <label>:<id>."""
        return f"{cls._meta.label_lower}:{pk}"

    @property
    def key(self) -> str:
        return self.key_of(self.pk)

    def check_publishable(self, frozen: dict[str, Any]) -> None:
        """Raise a ValidationError where the part, whose relations only `frozen` knows, must not reach readers yet."""


class RecordQuerySet(models.QuerySet[Any]):
    """Rows that say what was done: none is changed or deleted. Triggers refuse it where nothing asks here."""

    def update(self, **kwargs: Any) -> Any:
        raise self._refusal("changed")

    def delete(self) -> Any:
        raise self._refusal("deleted")

    def _refusal(self, deed: str) -> ProtectedError:
        return ProtectedError(f"{capfirst(self.model._meta.verbose_name_plural)} are records: none is {deed}.", set())


class Urgency(models.TextChoices):
    """How soon to get help, soonest first; the words are shown to readers, so that colour is never the only sign."""

    EMERGENCY = "emergency", "Emergency"
    URGENT = "urgent", "Urgent"
    ROUTINE = "routine", "Routine"
    SELF_CARE = "self_care", "Look after yourself"

    @property
    def is_serious(self) -> bool:
        """Whether it asks for help within days at the most."""
        return self in {Urgency.EMERGENCY, Urgency.URGENT}

    @property
    def rank(self) -> int:
        """Its place among all: 0 is the soonest."""
        return list(Urgency).index(self)


def is_one_of(
    field: str, choices: type[models.TextChoices], *, name: str, or_blank: bool = False
) -> models.CheckConstraint:
    """The constraint that keeps `field` to the values of `choices` in the database too."""
    values = ["", *choices.values] if or_blank else choices.values
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": values}), name=name)


def is_slug(field: str, *, name: str) -> models.CheckConstraint:
    """The constraint that keeps `field` to lower-case ASCII letters, digits and single hyphens between them."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__regex": r"^[a-z0-9]+(-[a-z0-9]+)*$"}),
        name=name,
        violation_error_message="Use lower-case letters, digits and single hyphens, for example low-magnesium.",
    )
