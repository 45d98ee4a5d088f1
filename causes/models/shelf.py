from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from .claims import Claim

if TYPE_CHECKING:
    from articles.snapshot import Snapshot


class ClaimShelf:
    """The claims that one drawn page shows: its own from its frozen state, those of other pages from live rows.

    Sections say with `want()` whose claims they will show; the first look fetches all of them in one query.
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
        for claim in cited_claims(page__in=self._wanted):
            by_page[claim.page_id].append(claim)
        return by_page


def cited_claims(**lookup: Any) -> list[Claim]:
    """The claims of live pages that match, in their pages' order, each with its `page` and `cited`: one query.

    Read from the table between claims and references: a claim that readers see has a source, always.
    """
    wanted = {f"claim__{name}": value for name, value in lookup.items()}
    rows = Claim.references.through.objects.filter(claim__page__live_revision__isnull=False, **wanted)
    claims: dict[UUID, Claim] = {}
    for row in rows.select_related("claim__page").order_by("claim__page__title", "claim__position", "reference"):
        claim = claims.setdefault(row.claim_id, row.claim)
        claim.cited = [*claim.cited, row.reference_id]
    return list(claims.values())
