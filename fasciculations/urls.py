from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import include, path

from articles.models import Article, PlainPage
from articles.views import page_detail
from causes.models import Cause
from comments.urls import of_page as comments_of_page

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("articles.urls")),
    path("", include("causes.urls")),
    path("articles/<slug:slug>/comments/", include(comments_of_page), {"model": Article}),
    path("causes/<slug:slug>/comments/", include(comments_of_page), {"model": Cause}),
    path("comments/", include("comments.urls")),
    path("admin/", admin.site.urls),
    path("numbers/", views.numbers, name="numbers"),
    path("styleguide/", views.styleguide, name="styleguide"),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),  # in debug mode alone; else the server's work
    path("<slug:slug>/", page_detail, {"model": PlainPage}, name="plain-page"),  # last: it would answer for all others
]

handler500 = "fasciculations.views.server_error"
