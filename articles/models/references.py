from typing import ClassVar

from django.db import models
from django.db.models import Q

from articles.fields import AddressField

from .base import is_one_of, is_slug


class ReferenceKind(models.TextChoices):
    PAPER = "paper", "Paper"
    GUIDELINE = "guideline", "Guideline"
    PRODUCT_LABEL = "product_label", "Product label"
    WEB_PAGE = "web_page", "Web page"
    BOOK = "book", "Book"


class ReferenceStatus(models.TextChoices):
    CONFIRMED = "confirmed", "Confirmed"
    TO_BE_CHECKED = "to_be_checked", "To be checked"


class Reference(models.Model):
    """A source that claims and texts cite. Its key is its identity: texts cite it by links to #source-<key>."""

    content_name: ClassVar[str] = "references"

    key = models.SlugField(
        primary_key=True,
        max_length=60,
        help_text="Family name and year, for example reed-1963. It cannot change: texts cite it.",
    )
    kind = models.CharField(max_length=20, choices=ReferenceKind)
    authors = models.CharField(max_length=300, blank=True, help_text="As printed, for example Reed DM, Kurland LT.")
    title = models.CharField(max_length=400)
    publication = models.CharField(max_length=200, blank=True, help_text="The journal or organisation.")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    locator = models.CharField(max_length=60, blank=True, help_text="Volume, issue and pages, for example 9:363-367.")
    doi = models.CharField("DOI", max_length=120, blank=True, help_text="Lower case, without https://doi.org/.")
    pmid = models.CharField("PMID", max_length=10, blank=True)
    url = AddressField("address", max_length=500, blank=True)
    accessed_on = models.DateField(null=True, blank=True, help_text="When somebody last read it at this address.")
    status = models.CharField(max_length=20, choices=ReferenceStatus, default=ReferenceStatus.TO_BE_CHECKED)
    note = models.CharField(max_length=300, blank=True, help_text="What is still to be checked.")

    class Meta:
        ordering = ["key"]
        constraints = [
            is_slug("key", name="reference_key_is_ascii"),
            is_one_of("kind", ReferenceKind, name="reference_kind"),
            is_one_of("status", ReferenceStatus, name="reference_status"),
            models.UniqueConstraint(
                fields=["doi"],
                condition=~Q(doi=""),
                name="reference_doi_is_unique",
                violation_error_message="Another reference has this DOI.",
            ),
            models.CheckConstraint(
                condition=Q(doi="") | Q(doi__regex=r"^10\.[0-9]{4,9}/[^A-Z\s]+$"),
                name="reference_doi_is_bare",
                violation_error_message="Write the DOI in lower case from its 10. on, for example 10.1000/182.",
            ),
            models.CheckConstraint(
                condition=Q(pmid="") | Q(pmid__regex=r"^[0-9]+$"),
                name="reference_pmid_is_a_number",
                violation_error_message="A PMID has digits only.",
            ),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__range=(1800, 2100)), name="reference_year_is_plausible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"

    @property
    def link(self) -> str:
        """Where a reader finds it: the DOI, else the address, else PubMed, else ""."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return self.url or (f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/" if self.pmid else "")
