import comments.models.comments
import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Rooms for the moderators' desk. What 0003 fills in may be empty until 0004."""

    dependencies = [
        ('articles', '0007_audit_of_comments'),
        ('comments', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='comment',
            name='comment_lane',
        ),
        migrations.RemoveConstraint(
            model_name='finding',
            name='finding_lane',
        ),
        migrations.CreateModel(
            name='Deed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('approved', 'Approved'), ('rejected', 'Rejected'), ('spam', 'Marked as spam'), ('disputed', 'Said that a rule was wrong'), ('redacted', 'Took words out'), ('replied', 'Replied'), ('pinned', 'Pinned'), ('unpinned', 'Unpinned'), ('moved', 'Moved to another page'), ('warned', 'Warned the author'), ('suspended', 'Suspended the author'), ('banned', 'Banned the author'), ('lifted', 'Let somebody write again'), ('tuned', 'Changed the rules')], max_length=20)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('version', models.PositiveBigIntegerField(default=comments.models.comments.new_version, editable=False)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Desk',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='desk', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('skipped', models.JSONField(blank=True, default=list)),
                ('covers', models.BooleanField(default=True, verbose_name='cover distressing texts until I open them')),
            ],
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('complaint', models.CharField(choices=[('danger', 'Somebody may be in danger'), ('personal_data', 'It tells who or where somebody is'), ('advice', 'It tells others what to take, or not to see a doctor'), ('false', 'It says something false about health'), ('selling', 'It sells something, or is spam'), ('unkind', 'It is unkind to somebody'), ('other', 'Something else')], max_length=20)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('address', models.CharField(blank=True, max_length=64)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RuleBook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('data', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='Sanction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(choices=[('warning', 'Warning'), ('suspension', 'Suspension'), ('ban', 'Ban')], max_length=20)),
                ('address', models.CharField(blank=True, max_length=64)),
                ('email', models.CharField(blank=True, max_length=64)),
                ('reason', models.CharField(max_length=300)),
                ('until', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='SavedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('use', models.CharField(choices=[('reason', 'Reason for a refusal'), ('reply', 'Reply')], default='reason', max_length=20)),
                ('title', models.CharField(help_text='What moderators choose it by.', max_length=80)),
                ('text', models.TextField(help_text='What the author reads. A reason has 300 characters at most.', max_length=2000)),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='The lowest number stands first.')),
            ],
            options={
                'ordering': ['use', 'position', 'title'],
            },
        ),
        migrations.AddField(
            model_name='comment',
            name='claimed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='comment',
            name='claimed_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='comment',
            name='is_by_staff',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='comment',
            name='is_pinned',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='comment',
            name='queued_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='waits since'),
        ),
        migrations.AddField(
            model_name='comment',
            name='redacted_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='comment',
            name='version',
            field=models.PositiveBigIntegerField(default=comments.models.comments.new_version, editable=False),
        ),
        migrations.AlterField(
            model_name='comment',
            name='lane',
            field=models.CharField(choices=[('crisis', 'Crisis'), ('reported', 'Reported'), ('personal_data', 'Personal data'), ('selling', 'Selling'), ('advice', 'Advice'), ('misinformation', 'Misinformation'), ('spam', 'Spam-like'), ('new', 'New')], default='new', max_length=20),
        ),
        migrations.AlterField(
            model_name='finding',
            name='lane',
            field=models.CharField(choices=[('crisis', 'Crisis'), ('reported', 'Reported'), ('personal_data', 'Personal data'), ('selling', 'Selling'), ('advice', 'Advice'), ('misinformation', 'Misinformation'), ('spam', 'Spam-like'), ('new', 'New')], max_length=20),
        ),
        migrations.AddField(
            model_name='deed',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='deed',
            name='undone_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='finding',
            name='disputed',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='disputed', to='comments.deed'),
        ),
        migrations.AddField(
            model_name='report',
            name='comment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='comments.comment'),
        ),
        migrations.AddField(
            model_name='report',
            name='settled',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reports', to='comments.deed'),
        ),
        migrations.AddField(
            model_name='rulebook',
            name='deed',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='rule_book', to='comments.deed'),
        ),
        migrations.AddField(
            model_name='sanction',
            name='comment',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='sanctions', to='comments.comment'),
        ),
        migrations.AddField(
            model_name='sanction',
            name='deed',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='sanction', to='comments.deed'),
        ),
        migrations.AddField(
            model_name='sanction',
            name='lifted',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='lifted', to='comments.deed'),
        ),
        migrations.RemoveConstraint(model_name='decision', name='decision_verdict'),
        migrations.RenameField(model_name='decision', old_name='before', new_name='stood'),
        migrations.AlterField(
            model_name='decision', name='stood', field=models.CharField(max_length=20, null=True)
        ),
        migrations.AlterField(
            model_name='decision', name='reason', field=models.CharField(max_length=300, null=True)
        ),
        migrations.AlterField(model_name='decision', name='at', field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name='decision',
            name='before',
            field=models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, default=dict),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='decision',
            name='lane',
            field=models.CharField(choices=[('crisis', 'Crisis'), ('reported', 'Reported'), ('personal_data', 'Personal data'), ('selling', 'Selling'), ('advice', 'Advice'), ('misinformation', 'Misinformation'), ('spam', 'Spam-like'), ('new', 'New')], default='new', max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(model_name='decision', name='waited', field=models.DurationField(null=True)),
        migrations.AddField(
            model_name='decision',
            name='deed',
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='comments.deed'
            ),
        ),
        migrations.AlterField(
            model_name='decision',
            name='verdict',
            field=models.CharField(blank=True, choices=[('approved', 'Approve'), ('rejected', 'Reject'), ('spam', 'Spam')], max_length=20),
        ),
    ]
