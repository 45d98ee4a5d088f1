"""Addresses below each page that can be commented on, and those of the authors of comments."""

from django.urls import path

from .views import mail, own, reports, threads

#: To be included below the address of a page, with its model; see `comments_path`.
of_page = [
    path("", threads.thread_list),
    path("write/", threads.write),
    path("feed/", threads.feed),
    path("<uuid:begun>/", threads.thread),
    path("<uuid:parent>/reply/", threads.write),
    path("<uuid:reported>/report/", reports.report),
    path("reported/", reports.reported),
    path("reported/danger/", reports.reported, {"is_danger": True}),
]

urlpatterns = [
    path("yours/<str:token>/", own.own, name="comment-own"),
    path("yours/<str:token>/change/", own.rewrite, name="comment-rewrite"),
    path("yours/<str:token>/withdraw/", own.withdraw, name="comment-withdraw"),
    path("yours/<str:token>/appeal/", own.appeal, name="comment-appeal"),
    path("yours/<str:token>/replies/", own.replies, name="comment-replies"),
    path("yours/<str:token>/replies/stop/", own.stop_replies, name="comment-stop-replies"),
    path("yours/<str:token>/copy/", own.export, name="comment-copy"),
    path("yours/<str:token>/erase/", own.erase, name="comment-erase"),
    path("replies/<str:token>/confirm/", mail.confirm, name="comment-confirm"),
    path("replies/<str:token>/stop/", mail.stop, name="comment-stop"),
    path("erased/", own.erased, name="comment-erased"),
    path("find/", mail.find, name="comment-find"),
    path("found/<str:token>/", mail.found, name="comment-found"),
]
