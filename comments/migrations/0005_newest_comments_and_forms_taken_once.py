from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('comments', '0004_desk_constraints')]

    operations = [
        migrations.RemoveIndex(
            model_name='comment',
            name='comment_counts',
        ),
        migrations.AddField(
            model_name='arrival',
            name='form_key',
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddIndex(
            model_name='arrival',
            index=models.Index(fields=['form_key'], name='arrival_form'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['page', 'status', '-posted_at'], name='comment_newest'),
        ),
    ]
