from django.urls import path

from . import views
from .models import Article

urlpatterns = [
    path("articles/", views.article_list, name="article-list"),
    path("articles/<slug:slug>/", views.page_detail, {"model": Article}, name="article"),
]
