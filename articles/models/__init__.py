"""The editorial core: what a page is, how its states are kept, who writes it and what it cites."""

from .articles import Article, ArticleAuthor
from .base import Identified, Part, Urgency
from .citations import Citation
from .imports import ContentRecord
from .pages import Draft, OldPath, Page, PageQuerySet, Revision
from .people import Author, AuthorLink
from .plain import Passage, PlainPage
from .references import Reference
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
    "Article",
    "ArticleAuthor",
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
    "Section",
    "Tag",
    "TaggedPage",
    "TextSection",
    "Urgency",
]
