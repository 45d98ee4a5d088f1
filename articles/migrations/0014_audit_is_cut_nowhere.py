from importlib import import_module

from django.db import migrations, models
from django.db.models.functions import Left

# SQLite builds the table anew, and its triggers would go with the old one.
triggers = import_module('articles.migrations.0006_append_only_audit')
make, drop = triggers.run(triggers.CREATE), triggers.run(triggers.DROP)

LENGTHS = {'before': 300, 'after': 300, 'note': 300, 'rule': 100}


def cut(apps, schema_editor):
    """To what the older table holds."""
    lines = apps.get_model('articles', 'AuditEntry').objects
    lines.update(**{name: Left(name, length) for name, length in LENGTHS.items()})


class Migration(migrations.Migration):
    dependencies = [('articles', '0013_drafts_without_version')]

    operations = [
        migrations.RunPython(drop, make),
        *(
            migrations.AlterField(model_name='auditentry', name=name, field=models.TextField(blank=True))
            for name in LENGTHS
        ),
        migrations.RunPython(migrations.RunPython.noop, cut),
        migrations.RunPython(make, drop),
    ]
