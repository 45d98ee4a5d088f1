from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.sources import Sources

from .models import BodyArea, Cause, Evidence, GlossaryTerm, MedicationClass, Nutrient, Symptom
from .models.shelf import cited_claims
from .register import register


def cause_list(request: HttpRequest) -> HttpResponse:
    return render(request, "causes/cause_list.html", {"causes": Cause.objects.for_overview()})


def symptom_list(request: HttpRequest) -> HttpResponse:
    return render(request, "causes/symptom_list.html", {"symptoms": Symptom.objects.live()})


def nutrient_list(request: HttpRequest) -> HttpResponse:
    return render(request, "causes/nutrient_list.html", {"nutrients": Nutrient.objects.live()})


def medication_class_list(request: HttpRequest) -> HttpResponse:
    return render(request, "causes/medication_class_list.html", {"medicines": MedicationClass.objects.for_table()})


def body_area_list(request: HttpRequest) -> HttpResponse:
    return render(request, "causes/body_area_list.html", {"areas": BodyArea.objects.live()})


def glossary(request: HttpRequest) -> HttpResponse:
    terms = GlossaryTerm.objects.for_glossary()
    return render(request, "causes/glossary.html", {"terms": terms, "sources": Sources()})


def myths(request: HttpRequest) -> HttpResponse:
    """Statements that many pages make and that the evidence does not support."""
    claims = cited_claims(evidence=Evidence.NOT_SUPPORTED)
    return render(request, "causes/myths.html", {"claims": claims, "sources": Sources()})


def sources(request: HttpRequest) -> HttpResponse:
    return render(request, "causes/sources.html", {"entries": register()})
