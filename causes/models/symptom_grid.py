"""The derived symptom table: conditions across, symptoms down, how often in between."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

from django.db.models import FilteredRelation

from articles.models import Urgency

from .conditions import Cause, CauseSymptom, Symptom
from .tables import SymptomTable, SymptomTableColumn


@dataclass
class Row:
    symptom: Symptom
    how_soon: Urgency  # the soonest that is said of it in any column
    #: One for each column: the cause, and how often it is seen there, or "".
    cells: list[tuple[Cause, str]]

    @property
    def columns_filled(self) -> int:
        return sum(1 for _, how_often in self.cells if how_often)


@dataclass
class SymptomGrid:
    """Rows by how soon their symptoms need help; in each list, those that most columns share come first."""

    table: SymptomTable
    columns: list[Cause] = field(default_factory=list)
    everyday: list[Row] = field(default_factory=list)
    help_now: list[Row] = field(default_factory=list)
    help_today: list[Row] = field(default_factory=list)

    @classmethod
    def of_tables(cls, table_ids: Collection[UUID]) -> dict[UUID, Self]:
        """Grids of the tables that have a live column, by table: one query, however many tables and rows.

        It answers with a row for every symptom of every column; that of a cause without symptoms has no `seen`.
        """
        rows: Any = (
            SymptomTableColumn.objects.filter(table__in=table_ids, cause__live_revision__isnull=False)
            .annotate(seen=FilteredRelation("cause__seen_with"))
            .select_related("table", "cause", "seen__symptom")
            .order_by("position", "seen__position")
        )
        grids: dict[UUID, Self] = {}
        for row in rows:
            grid = grids.setdefault(row.table_id, cls(table=row.table))
            if row.cause not in grid.columns:
                grid.columns.append(row.cause)
        seen_with = [row.seen for row in rows if hasattr(row, "seen") and row.seen.symptom.is_live]
        for grid in grids.values():
            grid.fill(seen_with)
        return grids

    def fill(self, seen_with: list[CauseSymptom]) -> None:
        """Add a row for every symptom of a column: first those that most columns share, then by title."""
        columns = {cause.pk for cause in self.columns}
        seen: defaultdict[Symptom, dict[UUID, CauseSymptom]] = defaultdict(dict)
        for row in seen_with:
            if row.cause_id in columns:
                seen[row.symptom][row.cause_id] = row
        rows = [self._row(symptom, by_cause) for symptom, by_cause in seen.items()]
        rows.sort(key=lambda row: (-row.columns_filled, row.symptom.title))
        self.everyday = [row for row in rows if not row.how_soon.is_serious]
        self.help_now = [row for row in rows if row.how_soon == Urgency.EMERGENCY]
        self.help_today = [row for row in rows if row.how_soon == Urgency.URGENT]

    def _row(self, symptom: Symptom, seen: dict[UUID, CauseSymptom]) -> Row:
        how_soon = min((row.how_soon for row in seen.values()), key=lambda urgency: urgency.rank)
        how_often = {cause: row.get_frequency_display() for cause, row in seen.items()}
        return Row(symptom, how_soon, [(cause, how_often.get(cause.pk, "")) for cause in self.columns])
