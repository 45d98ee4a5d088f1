"""Every source, and what cites it."""

from collections import defaultdict
from dataclasses import dataclass, field

from articles.html import cited_keys
from articles.models import Citation, Page, Reference

from .models import GlossaryTerm


@dataclass
class Entry:
    reference: Reference
    cited_by: list[Page | GlossaryTerm] = field(default_factory=list)


def register() -> list[Entry]:
    """An entry for each reference, with the live pages and glossary terms that cite it: three queries."""
    citing: defaultdict[str, list[Page | GlossaryTerm]] = defaultdict(list)
    for citation in Citation.objects.select_related("page").order_by("page__title"):
        citing[citation.reference_id].append(citation.page)
    for term in GlossaryTerm.objects.filter(definition__contains="#source-"):
        for key in dict.fromkeys(cited_keys(term.definition)):
            citing[key].append(term)
    return [Entry(reference, citing[reference.key]) for reference in Reference.objects.all()]
