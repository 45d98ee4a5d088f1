import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


def shorten(apps, schema_editor):
    """What was saved before the form refused it."""
    reasons = apps.get_model('comments', 'SavedText').objects.filter(use='reason')
    reasons.update(text=django.db.models.functions.text.Left('text', 300))


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0005_newest_comments_and_forms_taken_once'),
    ]

    operations = [
        migrations.AlterField(
            model_name='decision',
            name='before',
            field=models.JSONField(),
        ),
        migrations.RunPython(shorten, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='savedtext',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('use', 'reason'), _negated=True), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('text'), 300), _connector='OR'), name='saved_reason_is_short', violation_error_message='A reason has 300 characters at most.'),
        ),
    ]
