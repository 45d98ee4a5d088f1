from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from articles.fields import AddressField, RichTextField

from .base import Identified, Part, is_slug


class Author(Identified):
    """Somebody who writes or reviews pages: a real person with their consent, or a profile owned by the site."""

    content_name: ClassVar[str] = "authors"
    unfrozen: ClassVar[frozenset[str]] = frozenset({"slug", "account"})

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=120)
    credentials = models.CharField(max_length=120, blank=True, help_text="Real ones only, for example MB ChB, FRCP.")
    role = models.CharField(max_length=120, blank=True, help_text="What they do for this site.")
    specialty = models.CharField(
        max_length=120, blank=True, help_text="Readers see whether it fits the topic, for example Neurology."
    )
    affiliation = models.CharField(max_length=200, blank=True)
    biography = RichTextField()
    photo = models.ImageField(upload_to="authors/", blank=True)
    photo_alt = models.CharField("photo description", max_length=200, blank=True, help_text="What the photo shows.")
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="author",
        help_text="The login of this person, if they have one.",
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            is_slug("slug", name="author_slug_is_ascii"),
            models.CheckConstraint(
                condition=Q(photo="") | ~Q(photo_alt=""),
                name="author_photo_is_described",
                violation_error_message="Describe the photo for people who cannot see it.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return reverse("author", args=[self.slug])


class AuthorLink(Part):
    owner: ClassVar[str] = "author"
    content_name: ClassVar[str] = "links"

    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(max_length=60, help_text="For example ORCID.")
    url = AddressField("address")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.label
