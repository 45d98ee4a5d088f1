from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from articles.private import private
from articles.sources import Sources

from .a_to_z import a_to_z as letters
from .body_map import page_map
from .explorer import Explorer
from .lookup import current_names, labels, look_up, names_of
from .models import BodyArea, DotsSection, Evidence, GlossaryTerm, MedicationClass, Movement, Nutrient, Symptom
from .models.shelf import cited_claims
from .register import register


def cause_list(request: HttpRequest) -> HttpResponse:
    """Every cause from the likeliest on, below how common twitching is; or those that fit the answers chosen."""
    explorer = Explorer(request.GET)
    if any("" in values for _, values in request.GET.lists()):
        return redirect(explorer.address)  # a form sends every question, also those left open
    dots = DotsSection.objects.for_overview() if explorer.is_way_in else None
    context = {"explorer": explorer, "causes": explorer.found, "dots": dots, "sources": Sources()}
    response = render(request, "causes/cause_list.html", context)
    return private(response) if explorer.chosen else response


def symptom_list(request: HttpRequest) -> HttpResponse:
    return render(request, "causes/symptom_list.html", {"symptoms": Symptom.objects.live()})


def nutrient_list(request: HttpRequest) -> HttpResponse:
    return render(request, "causes/nutrient_list.html", {"nutrients": Nutrient.objects.live()})


def medication_class_list(request: HttpRequest) -> HttpResponse:
    medicines = MedicationClass.objects.for_table()
    context = {"medicines": medicines, "known": labels(names_of(medicines))}
    return render(request, "causes/medication_class_list.html", context)


@sensitive_post_parameters()
@csrf_exempt  # nothing is changed or kept, and there is no cookie to read by: a forged form has nothing to gain
@never_cache
def medicine_find(request: HttpRequest) -> HttpResponse:
    """The classes of the medicine that was typed. It is sent by POST, so that no address, log or referrer has it."""
    if request.method != "POST":
        return redirect("medication-class-list")
    request.encoding = "utf-8"  # whatever the sender calls it
    names = current_names()
    found = look_up(request.POST.get("name", ""), names)
    context = {"found": found, "known": labels(names), "sources": Sources()}
    return render(request, "causes/medicine_find.html", context)


def body_area_list(request: HttpRequest) -> HttpResponse:
    areas = list(BodyArea.objects.live())
    places = page_map({area.slug for area in areas})
    return render(request, "causes/body_area_list.html", {"areas": areas, "places": places})


def glossary(request: HttpRequest) -> HttpResponse:
    terms = GlossaryTerm.objects.for_glossary()
    return render(request, "causes/glossary.html", {"terms": terms, "sources": Sources()})


def movements(request: HttpRequest) -> HttpResponse:
    """From what a reader notices to the word for it."""
    terms = list(GlossaryTerm.objects.movements())
    questions = [(movement, [term for term in terms if term.movement == movement]) for movement in Movement]
    context = {"questions": [asked for asked in questions if asked[1]], "sources": Sources()}
    return render(request, "causes/movements.html", context)


def a_to_z(request: HttpRequest) -> HttpResponse:
    return render(request, "causes/a_to_z.html", {"letters": letters()})


def myths(request: HttpRequest) -> HttpResponse:
    """Statements that many pages make and that the evidence does not support."""
    claims = cited_claims(evidence=Evidence.NOT_SUPPORTED)
    return render(request, "causes/myths.html", {"claims": claims, "sources": Sources()})


def sources(request: HttpRequest) -> HttpResponse:
    return render(request, "causes/sources.html", {"entries": register()})
