"""What the styleguide shows: every component, with words that say nothing, from rows that are never saved."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from articles.linking import Links, Terms
from articles.models import Author, CalloutSection, HelpCardSection, QuoteSection, Reference, Section, Tag, Urgency
from articles.sources import Sources
from causes.body_map import body_map
from causes.models import (
    Cause,
    CauseGroup,
    Claim,
    DiagramSection,
    DotsSection,
    Evidence,
    MedicationClass,
    Symptom,
    SymptomTable,
    SymptomTableSection,
)
from causes.models.figures import Drawing
from causes.models.symptom_grid import Row, SymptomGrid
from comments.models import Comment, Thread
from comments.reading import Threads

TEXT = (
    "<p>A paragraph with <strong>strong words</strong>, <em>stressed words</em> and <a href='/'>a link</a>. "
    '<a href="#source-sample-2001">source</a></p>'
    "<h3>A heading inside a text</h3><ol><li>first</li><li>second</li></ol><h4>A smaller one</h4>"
)
LIST = "<ul><li>one sign</li><li>another sign, in a few more words</li></ul>"


class SampleSources(Sources):
    """One source, cited wherever a number is shown."""

    def listed(self) -> list[tuple[int, Reference]]:
        return [
            (1, Reference(key="sample-2001", title="Title of a paper", authors="Sample A", kind="paper", year=2001))
        ]


def context() -> dict[str, Any]:
    groups = [CauseGroup(slug=f"group-{n}", name=f"Group {n}", summary="What it holds.") for n in (1, 2)]
    return {
        "page": page("The title of a page", medical_name="its medical name"),
        "pages": [page(f"Page {number}", evidence=value) for number, value in enumerate(Evidence.values, 1)],
        "groups": groups,
        "text": TEXT,
        "claims": [claim(value) for value in Evidence.values],
        "sections": sections(),
        "medicines": [medicine()],
        "places": body_map({"calf": "The page about a place"}, chosen="in-thumb"),
        "authors": [Author(slug="a", name="A name", role="What they do", biography="<p>Who they are.</p>")],
        "tags": [Tag(name="tag", slug="tag")],
        "sources": SampleSources(),
        "links": Links(page("This page"), Terms([])),
        "threads": threads(),
    }


def threads() -> Threads:
    """A comment with an answer, and one that was taken away."""
    about = page("A page")
    words = {"page": about, "name": "A reader", "posted_at": timezone.now()}
    body = "What somebody noticed, in two lines\nand with a link: https://example.org/"
    comment, answer, gone = (
        Comment(body=body, status=status, **words) for status in ("approved", "approved", "rejected")
    )
    comment.first_replies = [answer]  # type: ignore[attr-defined]
    return Threads(about, Thread(approved=2), [comment, gone], None)


def page(title: str, **fields: Any) -> Cause:
    return Cause(kind="causes.cause", slug="a", title=title, standfirst="The answer in one sentence.", **fields)


def claim(evidence: str) -> Claim:
    made = Claim(statement="One statement of fact in a plain sentence.", evidence=evidence, why="What it rests on.")
    made.cited = ["sample-2001"]
    return made


def medicine() -> MedicationClass:
    fields = {"kind": "causes.medicationclass", "slug": "a", "title": "A class of medicines", "usual_movement": "shake"}
    return MedicationClass(pk=UUID(int=0), evidence=Evidence.SOME, standfirst="The answer in one sentence.", **fields)


def sections() -> list[Section]:
    found: list[Section] = [
        CalloutSection(heading="The short answer", body=TEXT),
        *(HelpCardSection(heading="What to do if", urgency=value, body=LIST) for value in Urgency.values),
        QuoteSection(heading="A quote", quote="<p>What somebody said.</p>", attribution="Who said it, and where"),
        *(DiagramSection(heading=label, drawing=value, caption="What it shows.") for value, label in Drawing.choices),
        DotsSection(heading="Dots out of 100", filled=37, filled_label="do", rest_label="do not", caption="A share."),
        symptom_table(),
    ]
    for number, section in enumerate(found):
        section.anchor = f"section-{number}"
    return found


def symptom_table() -> SymptomTableSection:
    columns = [page("One condition"), page("Another")]

    def row(title: str, how_soon: Urgency, *how_often: str) -> Row:
        symptom = Symptom(kind="causes.symptom", slug="a", title=title)
        return Row(symptom, how_soon, list(zip(columns, how_often, strict=True)))

    table = SymptomTable(name="A symptom table", caption="Two conditions, and what they bring")
    section = SymptomTableSection(heading="A symptom table")
    section.grid = SymptomGrid(
        table=table,
        columns=columns,
        everyday=[
            row("A symptom", Urgency.SELF_CARE, "Common", ""),
            row("Another symptom", Urgency.ROUTINE, "Rare", "Sometimes"),
        ],
        help_now=[row("A sign of danger", Urgency.EMERGENCY, "Rare", "")],
        help_today=[row("A sign that cannot wait", Urgency.URGENT, "", "Rare")],
    )
    return section
