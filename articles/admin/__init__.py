from . import articles, people, plain, records
from .articles import ArticleAdmin, SectionInline
from .base import FoundListAdmin, GuardedAdmin, ReadOnlyAdmin, RichTextAdmin
from .pages import LINK_FIELDS, REVIEW_FIELDS, PageAdmin
from .parts import PartInline

__all__ = [
    "LINK_FIELDS",
    "REVIEW_FIELDS",
    "ArticleAdmin",
    "FoundListAdmin",
    "GuardedAdmin",
    "PageAdmin",
    "PartInline",
    "ReadOnlyAdmin",
    "RichTextAdmin",
    "SectionInline",
    "articles",
    "people",
    "plain",
    "records",
]
