"""What the checker knows, from live pages: the same number of queries, however many causes there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Self
from uuid import UUID

from articles.models import Page
from causes.models import Cause, CauseSymptom, Clue, MedicationClass, Symptom
from causes.models.conditions import Relation

from .judging import Fitting
from .weighing import FOR_EACH_GROUP_BEHIND, TWITCHING, Candidate

#: Texts of pages, which the checker does not show.
_TEXTS = "what_happens", "what_helps", "call_now_if", "ask_today_if", "see_gp_if", "when_to_get_help"


@dataclass
class Knowledge:
    """`symptoms` by slug, without the twitch itself; `candidates` likeliest first."""

    symptoms: dict[str, Symptom]
    medicines: list[MedicationClass]
    candidates: list[Candidate]

    @classmethod
    def load(cls) -> Self:
        """Five queries."""
        symptoms = list(Symptom.objects.live().defer("advice"))
        medicines = MedicationClass.objects.for_table()
        told = {symptom.slug: symptom for symptom in symptoms if symptom.slug != TWITCHING}
        return cls(told, medicines, _candidates(symptoms, medicines))


def _candidates(symptoms: list[Symptom], medicines: list[MedicationClass]) -> list[Candidate]:
    """The live causes of twitching; conditions that people only ask about are none."""
    causes: Any = Cause.objects.for_overview().filter(relation=Relation.CAUSE).defer(*_TEXTS)
    of_live_causes = {"cause__live_revision__isnull": False}
    clues = _by_cause(Clue.objects.filter(**of_live_causes), "medication_class", medicines)
    seen_with = _by_cause(CauseSymptom.objects.filter(**of_live_causes), "symptom", symptoms)
    groups = [list(group) for _, group in groupby(causes, key=lambda cause: cause.top_group)]
    return [
        Candidate(cause, (len(groups) - place) * FOR_EACH_GROUP_BEHIND, clues[cause.pk], seen_with[cause.pk])
        for place, group in enumerate(groups, 1)
        for cause in group
    ]


def _by_cause(rows: Iterable[Any], pointer: str, pages: Iterable[Page]) -> defaultdict[UUID, list[Any]]:
    """Rows by cause, in their order, each with the page that it points at; without those that point at a hidden one."""
    live = {page.pk: page for page in pages}
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        if key := getattr(row, f"{pointer}_id"):
            if key not in live:
                continue
            setattr(row, pointer, live[key])
        found[row.cause_id].append(row)
    return found


def cite(fitting: Iterable[Fitting]) -> None:
    """Give each clue that is shown the keys of its references, as `cited`: one query."""
    clues = {fact.clue.pk: fact.clue for each in fitting for fact in each.facts if fact.clue}
    rows = Clue.references.through.objects.filter(clue__in=clues).order_by("reference")
    for clue_id, key in rows.values_list("clue", "reference"):
        clues[clue_id].cited = [*clues[clue_id].cited, key]
