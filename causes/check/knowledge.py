"""What the checker knows, from live pages: the same number of queries, however many causes there are."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from itertools import groupby
from typing import Any
from uuid import UUID

from articles.models import Page
from causes.models import Cause, CauseSymptom, Clue, MedicationClass, Symptom
from causes.models.conditions import Relation

from .judging import Fitting
from .weighing import FOR_EACH_GROUP_BEHIND, TWITCHING, Candidate

#: What the checker needs to know of each page; reading rows is most of what a request costs.
OF_PAGE = "kind", "slug", "title"
OF_GROUP = "group__slug", "group__nature", "group__parent__slug", "group__parent__nature"
OF_CAUSE = *OF_PAGE, "standfirst", "medical_name", *OF_GROUP
OF_CLUE = "cause", "answer", "medication_class", "fit"


class Knowledge:
    """What can be told, and the causes that it may speak for: the latter are read once something was told."""

    def __init__(self) -> None:
        """Two queries."""
        self._symptoms = list(Symptom.objects.live().only(*OF_PAGE, "urgency"))
        self.medicines = MedicationClass.objects.for_table(only=OF_PAGE)

    @cached_property
    def symptoms(self) -> dict[str, Symptom]:
        """By slug, without the twitch itself."""
        return {symptom.slug: symptom for symptom in self._symptoms if symptom.slug != TWITCHING}

    @cached_property
    def candidates(self) -> list[Candidate]:
        """Likeliest first: three queries."""
        return _candidates(self._symptoms, self.medicines)


def _candidates(symptoms: list[Symptom], medicines: list[MedicationClass]) -> list[Candidate]:
    """The live causes of twitching; conditions that people only ask about are none."""
    causes: Any = Cause.objects.for_overview().filter(relation=Relation.CAUSE).only(*OF_CAUSE)
    of_live_causes = {"cause__live_revision__isnull": False, "cause__relation": Relation.CAUSE}
    clues = _by_cause(Clue.objects.filter(**of_live_causes).only(*OF_CLUE), "medication_class", medicines)
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
    """Give each clue that is shown its reason, its evidence and the keys of its references, as `cited`: two queries."""
    clues = {fact.clue.pk: fact.clue for each in fitting for fact in each.facts if fact.clue}
    for clue_id, why, evidence in Clue.objects.filter(pk__in=clues).values_list("pk", "why", "evidence"):
        clues[clue_id].why, clues[clue_id].evidence = why, evidence
    rows = Clue.references.through.objects.filter(clue__in=clues).order_by("reference")
    for clue_id, key in rows.values_list("clue", "reference"):
        clues[clue_id].cited = [*clues[clue_id].cited, key]
