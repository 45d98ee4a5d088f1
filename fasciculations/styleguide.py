"""What the styleguide shows: every component, with words that say nothing, from rows that are never saved."""

from typing import Any
from uuid import UUID

from articles.models import Section, Urgency
from articles.sources import Sources
from causes.models import Cause, Claim, DiagramSection, DotsSection, Evidence, MedicationClass
from causes.models.figures import Drawing

TEXT = (
    "<p>A paragraph with <strong>strong words</strong>, <em>stressed words</em> and <a href='/'>a link</a>.</p>"
    "<h3>A heading inside a text</h3><ol><li>first</li><li>second</li></ol><h4>A smaller one</h4>"
)
LIST = "<ul><li>one sign</li><li>another sign, in a few more words</li></ul>"


def context() -> dict[str, Any]:
    return {
        "page": page("The title of a page", medical_name="its medical name"),
        "pages": [page(f"Page {number}", evidence=value) for number, value in enumerate(Evidence.values, 1)],
        "text": TEXT,
        "list": LIST,
        "claims": [claim(value) for value in Evidence.values],
        "urgencies": Urgency.choices,
        "drawings": drawings(),
        "medicines": [medicine()],
        "sources": Sources(),
    }


def page(title: str, **fields: Any) -> Cause:
    return Cause(kind="causes.cause", slug="a", title=title, standfirst="The answer in one sentence.", **fields)


def claim(evidence: str) -> Claim:
    made = Claim(statement="One statement of fact in a plain sentence.", evidence=evidence, why="What it rests on.")
    made.cited = []
    return made


def medicine() -> MedicationClass:
    fields = {"kind": "causes.medicationclass", "slug": "a", "title": "A class of medicines", "usual_movement": "shake"}
    return MedicationClass(pk=UUID(int=0), evidence=Evidence.SOME, standfirst="The answer in one sentence.", **fields)


def drawings() -> list[Section]:
    found: list[Section] = [DiagramSection(drawing=value, heading=label) for value, label in Drawing.choices]
    found.append(
        DotsSection(heading="Dots out of 100", filled=37, filled_label="do", rest_label="do not", caption="A share.")
    )
    for number, section in enumerate(found):
        section.anchor = f"drawing-{number}"
    return found
