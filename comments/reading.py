"""The threads of a page as readers see them, a page full at a time."""

from dataclasses import dataclass
from typing import Any

from articles.models import Page

from .models import Comment, Thread
from .models.comments import PER_PAGE, REPLIES_SHOWN, comments_path


@dataclass(frozen=True)
class Threads:
    """Some threads of a page, the newest first; `next` is the comment that the older ones follow, if there are more."""

    page: Page
    thread: Thread
    begun: list[Comment]
    next: Comment | None

    @classmethod
    def of(cls, page: Page, *, before: Comment | None = None) -> "Threads":
        """Two queries, however many comments there are."""
        found = Comment.objects.threads(page, before=before).select_related("page__thread").with_first_replies()
        begun = list(found[: PER_PAGE + 1])
        _attach_first_replies(begun)
        kept: Any = begun[0].page if begun else None
        thread = kept.thread if kept else Thread.objects.of(page)
        more = begun[PER_PAGE - 1] if len(begun) > PER_PAGE else None
        return cls(page, thread, begun[:PER_PAGE], more)

    @property
    def path(self) -> str:
        return comments_path(self.page)


def _attach_first_replies(begun: list[Any]) -> None:
    keys = {comment: [getattr(comment, f"reply_{n}") for n in range(REPLIES_SHOWN)] for comment in begun}
    replies = Comment.objects.in_bulk({key for found in keys.values() for key in found if key})
    for comment in begun:
        comment.first_replies = [replies[key] for key in keys[comment] if key]
