from django.urls import path

from articles.views import page_detail

from . import views
from .models import Cause

urlpatterns = [
    path("causes/", views.cause_list, name="cause-list"),
    path("causes/<slug:slug>/", page_detail, {"model": Cause}, name="cause"),
]
