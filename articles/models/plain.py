from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import Resolver404, resolve

from articles.anchors import give_anchors
from articles.fields import LinkTermsField, RichTextField

from .base import Part
from .pages import Page

if TYPE_CHECKING:
    from articles.snapshot import Snapshot


class PlainPage(Page):
    """A page about the site itself, such as its privacy notice. It stands at the root: /privacy/."""

    url_name: ClassVar[str] = "plain-page"
    list_name: ClassVar[str] = "About this site"
    template_name: ClassVar[str] = "articles/plain_page.html"
    content_name: ClassVar[str] = "pages"

    def clean(self) -> None:
        """Where another page of the site stands, this one could never be reached: no constraint knows the addresses."""
        super().clean()
        try:
            taken = resolve(f"/{self.slug}/").url_name != self.url_name
        except Resolver404:  # the slug itself is at fault, and its own field says so
            return
        if taken:
            raise ValidationError({"slug": f"/{self.slug}/ is the address of another part of the site."})

    def reading_context(self, snapshot: "Snapshot") -> dict[str, Any]:
        passages = snapshot.parts(Passage)
        give_anchors(passages)
        return {"passages": passages}


class Passage(Part):
    """A heading of a plain page and the text below it."""

    owner: ClassVar[str] = "plain_page"
    content_name: ClassVar[str] = "passages"
    anchor: str

    plain_page = models.ForeignKey(PlainPage, on_delete=models.CASCADE, related_name="passages")
    heading = models.CharField(max_length=200)
    body = RichTextField(blank=False)
    link_terms = LinkTermsField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.CheckConstraint(condition=~models.Q(heading=""), name="passage_has_heading")]

    def __str__(self) -> str:
        return self.heading
