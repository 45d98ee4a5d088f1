from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .models import Cause


def cause_list(request: HttpRequest) -> HttpResponse:
    return render(request, "causes/cause_list.html", {"causes": Cause.objects.for_overview()})
