import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('comments', '0003_decisions_as_deeds')]

    operations = [
        migrations.AlterField(
            model_name='decision',
            name='deed',
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='comments.deed'
            ),
        ),
        migrations.AlterModelOptions(name='decision', options={'ordering': ['-deed__at', '-pk']}),
        migrations.RemoveField(model_name='decision', name='stood'),
        migrations.RemoveField(model_name='decision', name='reason'),
        migrations.RemoveField(model_name='decision', name='by'),
        migrations.RemoveField(model_name='decision', name='at'),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['', 'approved', 'rejected', 'spam'])), name='decision_verdict'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('lane__in', ['crisis', 'reported', 'personal_data', 'selling', 'advice', 'misinformation', 'spam', 'new'])), name='decision_lane'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('deed', 'comment'), name='decision_once'),
        ),
        migrations.RemoveIndex(
            model_name='comment',
            name='comment_threads',
        ),
        migrations.RemoveIndex(
            model_name='comment',
            name='comment_queue',
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['page', '-is_pinned', '-listed_at', '-id'], name='comment_threads'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['lane', 'due_at', 'id'], name='comment_queue'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['status', '-posted_at', 'id'], name='comment_statuses'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['-posted_at', 'id'], name='comment_posted'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('lane__in', ['crisis', 'reported', 'personal_data', 'selling', 'advice', 'misinformation', 'spam', 'new'])), name='comment_lane'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', True), ('queued_at__isnull', True)), models.Q(('due_at__isnull', False), ('queued_at__isnull', False), models.Q(('status__in', ('rejected', 'spam', 'withdrawn')), _negated=True)), _connector='OR'), name='comment_waits_until_due'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('claimed_by__isnull', True), ('claimed_until__isnull', False), _connector='OR'), name='comment_claim_ends'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('is_pinned', False), ('parent__isnull', True), _connector='OR'), name='comment_pinned_begins_a_thread'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['rule', 'comment'], name='finding_rule'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('lane__in', ['crisis', 'reported', 'personal_data', 'selling', 'advice', 'misinformation', 'spam', 'new'])), name='finding_lane'),
        ),
        migrations.AddConstraint(
            model_name='savedtext',
            constraint=models.CheckConstraint(condition=models.Q(('use__in', ['reason', 'reply'])), name='saved_text_use'),
        ),
        migrations.AddConstraint(
            model_name='savedtext',
            constraint=models.UniqueConstraint(fields=('use', 'title'), name='saved_text_title'),
        ),
        migrations.AddIndex(
            model_name='deed',
            index=models.Index(fields=['by', '-at'], name='deed_shift'),
        ),
        migrations.AddIndex(
            model_name='deed',
            index=models.Index(fields=['-at'], name='deed_log'),
        ),
        migrations.AddConstraint(
            model_name='deed',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['approved', 'rejected', 'spam', 'disputed', 'redacted', 'replied', 'pinned', 'unpinned', 'moved', 'warned', 'suspended', 'banned', 'lifted', 'tuned'])), name='deed_kind'),
        ),
        migrations.AddConstraint(
            model_name='deed',
            constraint=models.CheckConstraint(condition=models.Q(('undone_at__isnull', False), ('undone_by__isnull', True), _connector='OR'), name='deed_undone_by_at'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['address', 'at'], name='report_address'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('complaint__in', ['danger', 'personal_data', 'advice', 'false', 'selling', 'unkind', 'other'])), name='report_complaint'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(condition=models.Q(('address', ''), _negated=True), fields=('comment', 'address'), name='report_once'),
        ),
        migrations.AddIndex(
            model_name='sanction',
            index=models.Index(fields=['address'], name='sanction_address'),
        ),
        migrations.AddIndex(
            model_name='sanction',
            index=models.Index(fields=['email'], name='sanction_email'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('measure__in', ['warning', 'suspension', 'ban'])), name='sanction_measure'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='sanction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('measure', 'suspension'), _negated=True), ('until__isnull', False), _connector='OR'), name='sanction_suspension_ends'),
        ),
    ]
