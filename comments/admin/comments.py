"""The pages of the desk, as the admin knows them."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import path
from django.urls.resolvers import URLPattern

from articles.admin import ReadOnlyAdmin
from comments.models import Comment
from comments.moderators import MAY_MODERATE

from . import health, log, mine, one, people, queue, redaction, rules


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    """In place of lists and forms that would change comments behind the desk's back, the desk."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_MODERATE)

    def get_urls(self) -> list[URLPattern]:
        """These alone: the admin's own pages would show addresses and distressing texts."""
        return [
            path("", queue.queue, name="comments_comment_changelist"),
            path("next/", queue.first, name="comments_next"),
            path("log/", log.log, name="comments_log"),
            path("undo/<int:deed>/", log.undo, name="comments_undo"),
            path("people/", people.people, name="comments_people"),
            path("people/<int:sanction>/lift/", people.lift, name="comments_lift"),
            path("rules/", rules.rules, name="comments_rules"),
            path("health/", health.health, name="comments_health"),
            path("mine/", mine.mine, name="comments_mine"),
            path("restore/", redaction.restore, name="comments_restore"),
            path("<uuid:key>/change/", one.comment, name="comments_comment_change"),
            path("<uuid:key>/skip/", one.skip, name="comments_skip"),
            path("<uuid:key>/take/", one.take, name="comments_take"),
            path("<uuid:key>/dispute/<int:finding>/", one.dispute, name="comments_dispute"),
            path("<uuid:key>/pin/", one.pin, name="comments_pin"),
            path("<uuid:key>/move/", one.move, name="comments_move"),
            path("<uuid:key>/reply/", one.reply, name="comments_reply"),
            path("<uuid:key>/redact/", redaction.redact, name="comments_redact"),
            path("<uuid:key>/measure/", people.measure, name="comments_measure"),
        ]
