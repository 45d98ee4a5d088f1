from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from content_editor.models import create_plugin_base
from django.db import models
from django.utils.text import capfirst

from articles.fields import LinkTermsField, RichTextField

from .articles import Article
from .base import Part, Urgency, is_one_of
from .references import Reference

if TYPE_CHECKING:
    from articles.snapshot import Snapshot

T = TypeVar("T", bound=models.Model)


class Section(create_plugin_base(Article), Part):
    """A typed block of an article. A subclass, in any app, needs a template and an inline on the article's admin.

    Its own Meta keeps a type that another app declares out of the migrations of this one.
    """

    owner: ClassVar[str] = "parent"
    template_name: ClassVar[str]
    #: The field that holds the text of such a block in content/ files; `content_name` is the name of the block.
    content_body: ClassVar[str] = ""
    #: Whether its heading starts a topic, listed in the contents; the headings of other types stand one level below.
    starts_topic: ClassVar[bool] = False
    anchor: str
    #: The anchor of the nearest heading above, or its own: what readers see as one section.
    topic: str = ""

    region = models.CharField(max_length=20, default="main")
    heading = models.CharField(max_length=200, blank=True, help_text="Without one, this continues the section above.")

    class Meta:
        abstract = True
        ordering = ["ordering"]

    def __str__(self) -> str:
        return self.heading or self.kind_name

    @property
    def kind_name(self) -> str:
        return capfirst(str(self._meta.verbose_name))

    @classmethod
    def load(cls, sections: list[Self], snapshot: "Snapshot") -> None:
        """Give all of a page's sections of this type what their template shows, in a fixed number of queries."""


class Sourced:
    """What a section with a `source` cites."""

    source_id: str | None

    @property
    def source_keys(self) -> list[str]:
        return [self.source_id] if self.source_id else []


class SectionQuerySet(models.QuerySet[T]):
    def of_first_article(self) -> Self:
        """Those of the first article, as lists have articles, that has any and is live; in their order: one query."""
        first = Article.objects.for_list().filter(pk__in=self.values("parent"))[:1]
        return self.filter(parent=first).order_by("ordering")


class TextSection(Section):
    starts_topic = True
    template_name = "articles/sections/text.html"
    content_name = "text"
    content_body = "body"

    body = RichTextField(help_text="Cite a source by linking a word to #source-key, for example #source-reed-1963.")
    link_terms = LinkTermsField()

    class Meta(Section.Meta):
        verbose_name = "text"


class QuoteSection(Sourced, Section):
    template_name = "articles/sections/quote.html"
    content_name = "quote"
    content_body = "quote"

    quote = RichTextField()
    attribution = models.CharField(max_length=200, help_text="Who said it, and where. No quote without a speaker.")
    source = models.ForeignKey(Reference, null=True, blank=True, on_delete=models.PROTECT, related_name="quotes")

    class Meta(Section.Meta):
        verbose_name = "quote"
        constraints = [models.CheckConstraint(condition=~models.Q(attribution=""), name="quote_has_a_speaker")]


class CalloutSection(Section):
    template_name = "articles/sections/callout.html"
    content_name = "callout"
    content_body = "body"

    body = RichTextField()
    link_terms = LinkTermsField()

    class Meta(Section.Meta):
        verbose_name = "callout"


class HelpCardQuerySet(SectionQuerySet["HelpCardSection"]):
    def for_home(self) -> "HelpCardSection | None":
        """The emergency card of the first live article that has one."""
        return self.filter(urgency=Urgency.EMERGENCY).of_first_article().first()


class HelpCardSection(Section):
    template_name = "articles/sections/help_card.html"
    content_name = "help_card"
    content_body = "body"

    urgency = models.CharField(max_length=10, choices=Urgency)
    body = RichTextField(help_text="A list of the signs, in plain words.")

    objects = HelpCardQuerySet.as_manager()

    class Meta(Section.Meta):
        verbose_name = "help card"
        constraints = [is_one_of("urgency", Urgency, name="help_card_urgency")]


class ImageSection(Section):
    template_name = "articles/sections/image.html"
    content_name = "image"
    content_body = "caption"

    image = models.ImageField(upload_to="images/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    alt = models.CharField("description", max_length=300, help_text="What a reader who cannot see it needs to know.")
    caption = RichTextField()
    credit = models.CharField(max_length=200, blank=True)

    class Meta(Section.Meta):
        verbose_name = "image"
        constraints = [models.CheckConstraint(condition=~models.Q(alt=""), name="image_is_described")]
