"""The moderators' desk within the admin: one module for each of its pages."""

from .comments import CommentAdmin
from .texts import SavedTextAdmin
from .threads import ThreadAdmin

__all__ = ["CommentAdmin", "SavedTextAdmin", "ThreadAdmin"]
