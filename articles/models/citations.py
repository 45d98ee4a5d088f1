from django.db import models

from .pages import Page
from .references import Reference


class Citation(models.Model):
    """That a live page cites a source, in its text or beside a claim. Written when the page is published or hidden."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="citations")
    reference = models.ForeignKey(Reference, on_delete=models.PROTECT, related_name="citations")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "reference"], name="page_cites_reference_once")]

    def __str__(self) -> str:
        return f"{self.page} cites {self.reference_id}"
