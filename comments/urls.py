"""Addresses below each page that can be commented on, and those of the authors of comments."""

from django.urls import path

from .views import mail, own, reports, threads

#: To be included below the address of a page, with its model.
of_page = [
    path("", threads.thread_list, name="comments"),
    path("write/", threads.write, name="comment-write"),
    path("feed/", threads.feed, name="comment-feed"),
    path("<uuid:begun>/", threads.thread, name="comment-thread"),
    path("<uuid:parent>/reply/", threads.write, name="comment-reply"),
    path("<uuid:reported>/report/", reports.report, name="comment-report"),
    path("reported/", reports.reported, name="comment-reported"),
    path("reported/danger/", reports.reported, {"is_danger": True}, name="comment-reported-danger"),
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
