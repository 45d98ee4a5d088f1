from django.urls import path

from . import views
from .models import Article
from .search.views import search_page, suggest

urlpatterns = [
    path("articles/", views.article_list, name="article-list"),
    path("articles/<slug:slug>/", views.page_detail, {"model": Article}, name="article"),
    path("preview/<str:token>/", views.preview, name="preview"),
    path("search/", search_page, name="search"),
    path("search/suggest/", suggest, name="search-suggest"),
    path("authors/<slug:slug>/", views.author_detail, name="author"),
    path("tags/", views.tag_list, name="tag-list"),
    path("tags/<slug:slug>/", views.tag_detail, name="tag"),
]
