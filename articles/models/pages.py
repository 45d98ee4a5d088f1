from collections.abc import Collection
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case, F, FloatField, Q, Sum, When
from django.urls import reverse
from taggit.managers import TaggableManager

from articles.fields import LinkTermsField, LinkWordsField

from .base import Identified, is_slug
from .people import Author
from .tags import Tag, TaggedPage

if TYPE_CHECKING:
    from articles.snapshot import Snapshot


class PageQuerySet(models.QuerySet["Page"]):
    def live(self) -> Self:
        """Pages that readers may see."""
        return self.filter(live_revision__isnull=False)

    def for_detail(self) -> Self:
        """Live pages with the revision that the public page is drawn from: one query."""
        return self.live().select_related("live_revision")

    def related_to(self, page: "Page", tags: Collection[Tag]) -> Self:
        """Other live pages with any of `tags`, which know their `live_pages`; the rarer a shared tag, the closer."""
        weight = Case(
            *(When(tagged_pages__tag=tag, then=1.0 / tag.live_pages) for tag in tags),
            default=0.0,
            output_field=FloatField(),
        )
        others = self.live().filter(tagged_pages__tag__in=tags).exclude(pk=page.pk)
        return others.annotate(closeness=Sum(weight)).order_by("-closeness", "kind", "title")


class Page(Identified):
    """Anything with a title that is drafted, published and revised as a whole; each kind of page inherits from it.

    The row of a live page holds what readers see; its unpublished changes are one `Draft`. The row of a page that is
    not live is its draft. A live page is drawn from `live_revision.data`.
    """

    #: Fields that say where the page stands in publishing, not what it says; they are never frozen.
    unfrozen: ClassVar[frozenset[str]] = frozenset({"kind", "live_revision", "writer"})
    #: URL pattern of the public page, with the slug as its argument.
    url_name: ClassVar[str]
    #: What readers call the pages of this kind, and the URL pattern of their list; "" where there is none.
    list_name: ClassVar[str]
    list_url_name: ClassVar[str] = ""
    template_name: ClassVar[str]
    #: Fields of plain text that readers read as sentences, beside the rich text.
    sentences: ClassVar[tuple[str, ...]] = ("standfirst",)
    #: Folder of the page's kind under content/.
    content_name: ClassVar[str] = ""

    kind = models.CharField(max_length=60, editable=False)
    slug = models.SlugField(
        max_length=100,
        help_text="The last part of the address. Changing it leaves a redirect behind when you publish.",
    )
    title = models.CharField(max_length=200, help_text="In plain words; a medical term has its own field.")
    standfirst = models.CharField(
        max_length=400, help_text="The answer in one or two sentences. Shown under the title and in lists."
    )
    tags = TaggableManager(
        through=TaggedPage, blank=True, help_text="Words that link this page to others, separated by commas."
    )
    link_words = LinkWordsField()
    link_terms = LinkTermsField()
    reviewed_by = models.ForeignKey(
        Author,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviewed_pages",
        help_text="Only a clinician who has read this page whole and agreed to be named.",
    )
    reviewed_on = models.DateField(null=True, blank=True, help_text="The day of that review.")
    review_due_on = models.DateField(null=True, blank=True, help_text="When the whole page is to be checked again.")
    live_revision = models.OneToOneField(
        "articles.Revision", null=True, editable=False, on_delete=models.PROTECT, related_name="live_page"
    )

    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )  # who began the page, or was handed it: a writer may change no other

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        permissions = [
            ("publish_page", "Can publish, schedule and unpublish pages"),
            ("change_any_page", "Can change pages that others own"),
            ("override_draft", "Can discard or replace a draft that somebody else saved"),
            ("sign_off_page", "Can sign off pages as their clinical reviewer"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"],
                name="page_address_is_unique",
                violation_error_message="Another page of this kind has this slug.",
            ),
            is_slug("slug", name="page_slug_is_ascii"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(kind=""), name="page_has_title_and_kind"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_on__isnull=True)
                | Q(reviewed_by__isnull=False, reviewed_on__isnull=False),
                name="page_review_has_name_and_day",
                violation_error_message="A review needs both the reviewer and the day.",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on__isnull=True)
                | Q(review_due_on__isnull=True)
                | Q(review_due_on__gt=F("reviewed_on")),
                name="page_review_is_due_after_review",
                violation_error_message="The next review has to be due after the last one.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_kind()
        super().save(*args, **kwargs)

    def validate_constraints(self, exclude: Any = None) -> None:
        """The address is checked even in forms, which do not show the kind and would skip its constraint."""
        self.set_kind()
        super().validate_constraints(exclude=set(exclude or ()) - {"kind"})

    def set_kind(self) -> None:
        """A new row learns its kind from its model; the kind is part of the address and so of uniqueness."""
        if not self.kind:
            self.kind = self._meta.label_lower

    @property
    def is_live(self) -> bool:
        return self.live_revision_id is not None

    @property
    def concrete(self) -> Any:
        """The page as an instance of its own kind: itself, or one query."""
        if self._meta.label_lower == self.kind:
            return self
        return apps.get_model(self.kind)._base_manager.get(pk=self.pk)

    @property
    def kind_name(self) -> str:
        """What readers call pages of its kind."""
        name: str = apps.get_model(self.kind).list_name
        return name

    @property
    def path(self) -> str:
        return self.path_for(self.slug)

    def path_for(self, slug: str) -> str:
        """The path that the page would have with this slug."""
        return reverse(apps.get_model(self.kind).url_name, args=[slug])

    def search_names(self, snapshot: "Snapshot") -> list[str]:
        """What readers may call what the page is about, beside its title."""
        return []

    def mentioned_as(self, snapshot: "Snapshot") -> list[str]:
        """Words that link here from other texts, those first that mean this page rather than another."""
        return self.link_words.splitlines() or self.proper_names(snapshot)

    def proper_names(self, snapshot: "Snapshot") -> list[str]:
        """What any text calls the one thing that the page is about, if it is about one."""
        return []

    def reading_context(self, snapshot: "Snapshot") -> dict[str, Any]:
        """What the template of this kind needs beside `page` and `snapshot`, in a fixed number of queries."""
        return {}
