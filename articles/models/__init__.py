"""The editorial core: what a page is, how its states are kept, who writes it and what it cites."""

from .articles import Article, ArticleAuthor
from .audit import Action, AuditEntry
from .base import Identified, Part, Urgency
from .citations import Citation
from .imports import ContentRecord
from .pages import Page, PageQuerySet
from .people import Author, AuthorLink
from .plain import Passage, PlainPage
from .publications import Draft, OldPath, Revision, Schedule, SetAside
from .references import Reference
from .search import SearchEntry, SearchState
from .sections import (
    CalloutSection,
    HelpCardSection,
    ImageSection,
    QuoteSection,
    Section,
    TextSection,
)
from .tags import Tag, TaggedPage

__all__ = [
    "Action",
    "Article",
    "ArticleAuthor",
    "AuditEntry",
    "Author",
    "AuthorLink",
    "CalloutSection",
    "Citation",
    "ContentRecord",
    "Draft",
    "HelpCardSection",
    "Identified",
    "ImageSection",
    "OldPath",
    "Page",
    "PageQuerySet",
    "Part",
    "Passage",
    "PlainPage",
    "QuoteSection",
    "Reference",
    "Revision",
    "Schedule",
    "SearchEntry",
    "SearchState",
    "Section",
    "SetAside",
    "Tag",
    "TaggedPage",
    "TextSection",
    "Urgency",
]
