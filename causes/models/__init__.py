"""The knowledge base: causes, symptoms, nutrients and medicines, and how well each statement is supported."""

from .claims import Claim, Evidence
from .clues import Answer, Clue, Fit
from .conditions import BodyArea, Cause, CauseSymptom, Nutrient, Symptom
from .figures import DiagramSection, DotsSection
from .groups import CauseGroup
from .medicines import Medication, MedicationClass
from .sections import (
    CauseListSection,
    ClaimListSection,
    MedicineTableSection,
    NutritionSection,
    SymptomTableSection,
)
from .tables import GlossaryTerm, Movement, SymptomTable, SymptomTableColumn

__all__ = [
    "Answer",
    "BodyArea",
    "Cause",
    "CauseGroup",
    "CauseListSection",
    "CauseSymptom",
    "Claim",
    "ClaimListSection",
    "Clue",
    "DiagramSection",
    "DotsSection",
    "Evidence",
    "Fit",
    "GlossaryTerm",
    "Medication",
    "MedicationClass",
    "MedicineTableSection",
    "Movement",
    "Nutrient",
    "NutritionSection",
    "Symptom",
    "SymptomTable",
    "SymptomTableColumn",
    "SymptomTableSection",
]
