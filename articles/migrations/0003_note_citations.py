import json

from django.db import migrations


def note_citations(apps, schema_editor):
    """Note what the live pages cite. Nothing else in a frozen state reads like the key of a reference."""
    keys = list(apps.get_model("articles", "Reference").objects.values_list("pk", flat=True))
    Page, Citation = apps.get_model("articles", "Page"), apps.get_model("articles", "Citation")
    for page in Page.objects.filter(live_revision__isnull=False).select_related("live_revision").iterator():
        text = json.dumps(page.live_revision.data)
        cited = [key for key in keys if f'"{key}"' in text or f'#source-{key}\\"' in text]
        Citation.objects.bulk_create([Citation(page=page, reference_id=key) for key in cited])


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_plain_pages_and_citations")]

    operations = [migrations.RunPython(note_citations, migrations.RunPython.noop)]
