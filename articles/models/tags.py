from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.text import slugify
from taggit.models import ItemBase, TagBase

from .base import is_slug


class TagQuerySet(models.QuerySet["Tag"]):
    def in_use(self) -> Self:
        """Tags on live pages, each with their number as `live_pages`: one query."""
        live = Count("tagged_pages", filter=Q(tagged_pages__content_object__live_revision__isnull=False))
        return self.annotate(live_pages=live).filter(live_pages__gt=0)


class Tag(TagBase):
    """A word that links pages of all kinds. Its slug is ASCII and never empty, whatever the name is made of."""

    live_pages: int

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [is_slug("slug", name="tag_slug_is_ascii")]

    @property
    def path(self) -> str:
        return reverse("tag", args=[self.slug])

    def slugify(self, tag: str, i: int | None = None) -> str:
        slug = slugify(tag.replace("_", " ")) or "tag"
        return slug if i is None else f"{slug}-{i}"


class TaggedPage(ItemBase):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_pages")
    content_object = models.ForeignKey("articles.Page", on_delete=models.CASCADE, related_name="tagged_pages")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="page_has_tag_once")]
