from importlib import import_module

from django.db import migrations, models


# SQLite builds the table anew, and its triggers would go with the old one.
triggers = import_module('articles.migrations.0006_append_only_audit')
make, drop = triggers.run(triggers.CREATE), triggers.run(triggers.DROP)


def forget_texts_thrown_away(apps, schema_editor):
    """The older table has no word for it."""
    apps.get_model("articles", "AuditEntry").objects.filter(action="dropped").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0011_publications_are_records'),
    ]

    operations = [
        migrations.RunPython(drop, make),
        migrations.RemoveConstraint(
            model_name='auditentry',
            name='audit_action',
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='action',
            field=models.CharField(choices=[('created', 'Created'), ('saved', 'Saved the draft'), ('set_aside', 'Text set aside in a conflict'), ('dropped', 'Threw away a text that was set aside'), ('merged', 'Settled a conflict'), ('discarded', 'Discarded the draft'), ('restored', 'Restored into the draft'), ('scheduled', 'Scheduled'), ('unscheduled', 'Unscheduled'), ('published', 'Published'), ('failed', 'Could not be published'), ('unpublished', 'Unpublished'), ('signed_off', 'Signed off'), ('handed_over', 'Handed over'), ('deleted', 'Deleted'), ('moderated', 'Moderated'), ('undone', 'Undid')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='auditentry',
            constraint=models.CheckConstraint(condition=models.Q(('action__in', ['created', 'saved', 'set_aside', 'dropped', 'merged', 'discarded', 'restored', 'scheduled', 'unscheduled', 'published', 'failed', 'unpublished', 'signed_off', 'handed_over', 'deleted', 'moderated', 'undone'])), name='audit_action'),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_texts_thrown_away),
        migrations.RunPython(make, drop),
    ]
