from django.urls import path

from articles.views import page_detail

from . import views
from .check.views import check
from .models import BodyArea, Cause, MedicationClass, Nutrient, Symptom

urlpatterns = [
    path("causes/", views.cause_list, name="cause-list"),
    path("causes/<slug:slug>/", page_detail, {"model": Cause}, name="cause"),
    path("check/", check, name="check"),
    path("symptoms/", views.symptom_list, name="symptom-list"),
    path("symptoms/<slug:slug>/", page_detail, {"model": Symptom}, name="symptom"),
    path("nutrition/", views.nutrient_list, name="nutrient-list"),
    path("nutrition/<slug:slug>/", page_detail, {"model": Nutrient}, name="nutrient"),
    path("medicines/", views.medication_class_list, name="medication-class-list"),
    path("medicines/find/", views.medicine_find, name="medicine-find"),
    path("medicines/<slug:slug>/", page_detail, {"model": MedicationClass}, name="medication-class"),
    path("body/", views.body_area_list, name="body-area-list"),
    path("body/<slug:slug>/", page_detail, {"model": BodyArea}, name="body-area"),
    path("glossary/", views.glossary, name="glossary"),
    path("movements/", views.movements, name="movements"),
    path("a-to-z/", views.a_to_z, name="a-to-z"),
    path("myths/", views.myths, name="myths"),
    path("sources/", views.sources, name="sources"),
]
