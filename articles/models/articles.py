from typing import TYPE_CHECKING, Any, ClassVar, Self

from content_editor.models import Region
from django.db import models

from articles.anchors import give_anchors

from .base import Part
from .pages import Page, PageQuerySet
from .people import Author

if TYPE_CHECKING:
    from articles.snapshot import Snapshot

    from .sections import Section


class ArticleQuerySet(PageQuerySet):
    def for_list(self) -> Self:
        """Live articles in their order, without what they say: one query."""
        return self.live().order_by("position", "-live_revision__at", "title")


class Article(Page):
    """A page of ordered, typed sections; apps add section types by subclassing `articles.models.Section`."""

    url_name: ClassVar[str] = "article"
    list_name: ClassVar[str] = "Articles"
    list_url_name: ClassVar[str] = "article-list"
    template_name: ClassVar[str] = "articles/article_detail.html"
    content_name: ClassVar[str] = "articles"
    regions: ClassVar[list[Region]] = [Region(key="main", title="Sections")]

    position = models.PositiveSmallIntegerField(
        default=100, help_text="Its place among the articles, lowest first; where it is the same, the newest first."
    )
    authors = models.ManyToManyField(Author, through="ArticleAuthor", related_name="articles")

    objects = ArticleQuerySet.as_manager()

    def reading_context(self, snapshot: "Snapshot") -> dict[str, Any]:
        bylines = snapshot.parts(ArticleAuthor)
        people = [self.reviewed_by_id, *(byline.author_id for byline in bylines)]
        by_id = Author.objects.in_bulk([person for person in people if person])
        self.reviewed_by = by_id.get(self.reviewed_by_id)
        sections = snapshot.sections()
        give_anchors(sections)
        _divide(sections)
        return {
            "authors": [by_id[byline.author_id] for byline in bylines if byline.author_id in by_id],
            "sections": sections,
            "contents": [section for section in sections if section.heading and section.starts_topic],
        }


def _divide(sections: list["Section"]) -> None:
    """Tell each section below which heading it stands."""
    topic = ""
    for section in sections:
        section.topic = topic = section.anchor if section.heading else topic


class ArticleAuthor(Part):
    owner: ClassVar[str] = "article"
    content_name: ClassVar[str] = "authors"
    content_value: ClassVar[str] = "author"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="bylines")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = "author"
        constraints = [models.UniqueConstraint(fields=["article", "author"], name="article_names_author_once")]

    def __str__(self) -> str:
        return str(self.author)
