from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Prefetch

from articles.models import Reference

from .claims import Claim

if TYPE_CHECKING:
    from articles.snapshot import Snapshot


class ClaimShelf:
    """The claims that one drawn page shows: its own from its frozen state, those of other pages from live rows.

    Sections say with `want()` whose claims they will show; the first look fetches all of them in two queries.
    Each claim carries the keys of its references as `cited`.
    """

    def __init__(self, snapshot: "Snapshot") -> None:
        self._snapshot = snapshot
        self._wanted: set[UUID] = set()

    def want(self, page_ids: Iterable[UUID | None]) -> None:
        self._wanted.update(page_id for page_id in page_ids if page_id)

    def of(self, page_id: UUID) -> list[Claim]:
        return self._of_others[page_id]

    @cached_property
    def own(self) -> list[Claim]:
        claims = self._snapshot.parts(Claim)
        for claim in claims:
            claim.cited = self._snapshot.related_ids(claim, "references")
        return claims

    @cached_property
    def _of_others(self) -> defaultdict[UUID, list[Claim]]:
        by_page: defaultdict[UUID, list[Claim]] = defaultdict(list)
        claims = Claim.objects.filter(page__in=self._wanted, page__live_revision__isnull=False)
        keys_only = Prefetch("references", Reference.objects.only("key").order_by("key"))
        for claim in claims.prefetch_related(keys_only):
            claim.cited = [reference.key for reference in claim.references.all()]
            by_page[claim.page_id].append(claim)
        return by_page
