from django.db import migrations
from django.db.models import F
from django.db.models.functions import Coalesce, Greatest

REASONS = {
    "Treatment advice": "It tells others to take, change or stop a treatment. Only somebody who knows the person can advise that.",
    "Personal data": "It holds personal data, such as a telephone number or a clinician's name.",
    "Advertising": "It advertises something.",
    "Not supported": "It states as a fact what the evidence on this site does not support.",
    "Unkind": "It is unkind to somebody.",
    "Off topic": "It is about something else than this page.",
    "For their doctor": "It is a question that only somebody's own doctor can answer.",
}
REPLIES = {
    "Thank you": "Thank you for writing this down. It will help somebody who reads it at night.",
    "Ask your doctor": "We cannot judge this from here. A doctor who can examine you is the right person to ask.",
    "Get help now": (
        "You do not have to be alone with this. Please speak to somebody now: our page on getting help lists people who "
        "answer at any hour."
    ),
}


def make_deeds(apps, schema_editor):
    Decision, Deed = apps.get_model("comments", "Decision"), apps.get_model("comments", "Deed")
    for decision in Decision.objects.select_related("comment").order_by("at", "pk"):
        decision.deed = Deed.objects.create(
            kind=decision.verdict, reason=decision.reason, by_id=decision.by_id, at=decision.at
        )
        decision.before = {"status": decision.stood}
        decision.lane = decision.comment.lane
        decision.save()


def make_decisions(apps, schema_editor):
    """Deeds that are no verdicts, and those undone, have no place in the older tables."""
    Decision, Deed = apps.get_model("comments", "Decision"), apps.get_model("comments", "Deed")
    Decision.objects.filter(verdict="").delete()
    Decision.objects.filter(deed__undone_at__isnull=False).delete()
    for decision in Decision.objects.select_related("deed"):
        decision.at, decision.by_id, decision.reason = decision.deed.at, decision.deed.by_id, decision.deed.reason
        decision.stood = decision.before.get("status", decision.verdict)
        decision.deed = None
        decision.save()
    Deed.objects.all().delete()
    for model in ("Comment", "Finding"):
        apps.get_model("comments", model).objects.filter(lane="reported").update(lane="new")


def note_since_when_they_wait(apps, schema_editor):
    latest = Greatest("posted_at", Coalesce("edited_at", F("posted_at")), Coalesce("appealed_at", F("posted_at")))
    apps.get_model("comments", "Comment").objects.filter(due_at__isnull=False).update(queued_at=latest)


def save_texts(apps, schema_editor):
    SavedText = apps.get_model("comments", "SavedText")
    for use, texts in (("reason", REASONS), ("reply", REPLIES)):
        for position, (title, text) in enumerate(texts.items(), 1):
            SavedText.objects.get_or_create(use=use, title=title, defaults={"text": text, "position": position})


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_desk")]

    operations = [
        migrations.RunPython(make_deeds, make_decisions),
        migrations.RunPython(note_since_when_they_wait, migrations.RunPython.noop),
        migrations.RunPython(save_texts, migrations.RunPython.noop),
    ]
