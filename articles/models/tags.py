from django.db import models
from django.utils.text import slugify
from taggit.models import ItemBase, TagBase

from .base import is_slug


class Tag(TagBase):
    """A word that links pages of all kinds. Its slug is ASCII and never empty, whatever the name is made of."""

    class Meta:
        ordering = ["name"]
        constraints = [is_slug("slug", name="tag_slug_is_ascii")]

    def slugify(self, tag: str, i: int | None = None) -> str:
        slug = slugify(tag.replace("_", " ")) or "tag"
        return slug if i is None else f"{slug}-{i}"


class TaggedPage(ItemBase):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_pages")
    content_object = models.ForeignKey("articles.Page", on_delete=models.CASCADE, related_name="tagged_pages")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="page_has_tag_once")]
