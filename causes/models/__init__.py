"""The knowledge base: causes, symptoms, nutrients and medicines, and how well each statement is supported."""

from .claims import Claim, Evidence
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
from .tables import GlossaryTerm, SymptomTable, SymptomTableColumn

__all__ = [
    "BodyArea",
    "Cause",
    "CauseGroup",
    "CauseListSection",
    "CauseSymptom",
    "Claim",
    "ClaimListSection",
    "DiagramSection",
    "DotsSection",
    "Evidence",
    "GlossaryTerm",
    "Medication",
    "MedicationClass",
    "MedicineTableSection",
    "Nutrient",
    "NutritionSection",
    "Symptom",
    "SymptomTable",
    "SymptomTableColumn",
    "SymptomTableSection",
]
