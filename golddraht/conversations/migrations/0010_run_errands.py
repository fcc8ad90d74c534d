import django.contrib.postgres.fields
import django.db.models.deletion
import golddraht.conversations.rules
import golddraht.plumbing.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0009_drop_an_index_nobody_asks'),
        ('plumbing', '0002_let_a_demo_move_in'),
        ('team', '0003_ask_people_to_join'),
    ]

    operations = [
        migrations.CreateModel(
            name='Errand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.TextField(blank=True)),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('priority', models.CharField(blank=True, max_length=8)),
                ('asks_whether_solved', models.BooleanField(default=False)),
                ('puts_aside', models.BooleanField(default=False)),
                ('name', models.CharField(max_length=120)),
                ('token', models.CharField(max_length=40)),
                ('text', models.TextField(blank=True)),
                ('touch_at', models.DateTimeField(null=True)),
                ('is_spam', models.BooleanField(default=False)),
                ('begun_at', models.DateTimeField()),
                ('moved_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', golddraht.plumbing.tenancy.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='team.membership')),
                ('into', golddraht.plumbing.tenancy.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conversations.conversation')),
                ('team', golddraht.plumbing.tenancy.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='team.team')),
                ('tenant', models.ForeignKey(default=golddraht.plumbing.tenancy.current_tenant_id, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plumbing.tenant')),
                ('to', golddraht.plumbing.tenancy.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='team.membership')),
                ('undone_by', golddraht.plumbing.tenancy.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='team.membership')),
            ],
        ),
        migrations.CreateModel(
            name='ErrandLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default=golddraht.conversations.rules.LineState['WAITING'], max_length=8)),
                ('why_not', models.CharField(blank=True, max_length=200)),
                ('seen_message_id', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField(null=True)),
                ('status_before', models.CharField(blank=True, max_length=10)),
                ('priority_before', models.CharField(blank=True, max_length=8)),
                ('tags_before', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('next_touch_before', models.DateTimeField(null=True)),
                ('quiet_before', models.CharField(blank=True, max_length=40)),
                ('conversation', golddraht.plumbing.tenancy.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conversations.conversation')),
                ('errand', golddraht.plumbing.tenancy.TenantKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.errand')),
                ('message', golddraht.plumbing.tenancy.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conversations.message')),
                ('move', golddraht.plumbing.tenancy.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conversations.move')),
                ('note', golddraht.plumbing.tenancy.TenantKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='conversations.note')),
                ('owner_after', golddraht.plumbing.tenancy.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='team.membership')),
                ('owner_before', golddraht.plumbing.tenancy.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='team.membership')),
                ('solution', golddraht.plumbing.tenancy.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conversations.solution')),
                ('team_before', golddraht.plumbing.tenancy.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='team.team')),
                ('tenant', models.ForeignKey(default=golddraht.plumbing.tenancy.current_tenant_id, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plumbing.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='Macro',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.TextField(blank=True)),
                ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('priority', models.CharField(blank=True, max_length=8)),
                ('asks_whether_solved', models.BooleanField(default=False)),
                ('puts_aside', models.BooleanField(default=False)),
                ('name', models.CharField(max_length=80)),
                ('key', models.CharField(blank=True, max_length=1)),
                ('touch_in_days', models.PositiveSmallIntegerField(null=True)),
                ('made_at', models.DateTimeField()),
                ('retired_at', models.DateTimeField(null=True)),
                ('made_by', golddraht.plumbing.tenancy.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='team.membership')),
                ('module', golddraht.plumbing.tenancy.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conversations.textmodule')),
                ('team', golddraht.plumbing.tenancy.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='team.team')),
                ('tenant', models.ForeignKey(default=golddraht.plumbing.tenancy.current_tenant_id, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plumbing.tenant')),
                ('to', golddraht.plumbing.tenancy.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='team.membership')),
            ],
        ),
        migrations.AddIndex(
            model_name='errand',
            index=models.Index(fields=['tenant', 'by', '-begun_at'], name='errands_of_member'),
        ),
        migrations.AddIndex(
            model_name='errand',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['tenant', 'moved_at'], name='errands_under_way'),
        ),
        migrations.AddConstraint(
            model_name='errand',
            constraint=golddraht.plumbing.tenancy.OwnRowsOnly(name='conversations_errand_own_rows'),
        ),
        migrations.AddConstraint(
            model_name='errand',
            constraint=golddraht.plumbing.tenancy.SameTenant(field='to', name='conversations_errand_to_same_tenant'),
        ),
        migrations.AddConstraint(
            model_name='errand',
            constraint=golddraht.plumbing.tenancy.SameTenant(field='team', name='conversations_errand_team_same_tenant'),
        ),
        migrations.AddConstraint(
            model_name='errand',
            constraint=golddraht.plumbing.tenancy.SameTenant(field='by', name='conversations_errand_by_same_tenant'),
        ),
        migrations.AddConstraint(
            model_name='errand',
            constraint=golddraht.plumbing.tenancy.SameTenant(field='into', name='conversations_errand_into_same_tenant'),
        ),
        migrations.AddConstraint(
            model_name='errand',
            constraint=golddraht.plumbing.tenancy.SameTenant(field='undone_by', name='conversations_errand_undone_by_same_tenant'),
        ),
        migrations.AddConstraint(
            model_name='errand',
            constraint=models.UniqueConstraint(fields=('tenant', 'by', 'token'), name='an_errand_is_begun_once'),
        ),
        migrations.AddIndex(
            model_name='errandline',
            index=models.Index(fields=['tenant', 'conversation', '-at'], name='errands_of_conversation'),
        ),
        migrations.AddConstraint(
            model_name='errandline',
            constraint=golddraht.plumbing.tenancy.OwnRowsOnly(name='conversations_errandline_own_rows'),
        ),
        migrations.AddConstraint(
            model_name='errandline',
            constraint=golddraht.plumbing.tenancy.SameTenant(field='errand', name='conversations_errandline_errand_same_tenant'),
        ),
        migrations.AddConstraint(
            model_name='errandline',
            constraint=golddraht.plumbing.tenancy.SameTenant(field='conversation', name='conversations_errandline_conversation_same_tenant'),
        ),
        migrations.AddConstraint(
            model_name='errandline',
            constraint=golddraht.plumbing.tenancy.SameTenant(field='owner_before', name='conversations_errandline_owner_before_same_tenant'),
        ),
        migrations.AddConstraint(
            model_name='errandline',
            constraint=golddraht.plumbing.tenancy.SameTenant(field='team_before', name='conversations_errandline_team_before_same_tenant'),
        ),
        migrations.AddConstraint(
            model_name='errandline',
            constraint=golddraht.plumbing.tenancy.SameTenant(field='owner_after', name='conversations_errandline_owner_after_same_tenant'),
        ),
        migrations.AddConstraint(
            model_name='errandline',
            constraint=golddraht.plumbing.tenancy.SameTenant(field='message', name='conversations_errandline_message_same_tenant'),
        ),
        migrations.AddConstraint(
            model_name='errandline',
            constraint=golddraht.plumbing.tenancy.SameTenant(field='note', name='conversations_errandline_note_same_tenant'),
        ),
        migrations.AddConstraint(
            model_name='errandline',
            constraint=golddraht.plumbing.tenancy.SameTenant(field='solution', name='conversations_errandline_solution_same_tenant'),
        ),
        migrations.AddConstraint(
            model_name='errandline',
            constraint=golddraht.plumbing.tenancy.SameTenant(field='move', name='conversations_errandline_move_same_tenant'),
        ),
        migrations.AddConstraint(
            model_name='errandline',
            constraint=models.UniqueConstraint(fields=('tenant', 'errand', 'conversation'), name='a_concern_once_in_an_errand'),
        ),
        migrations.AddConstraint(
            model_name='errandline',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['WAITING', 'DONE', 'REFUSED', 'UNDONE', 'LEFT'])), name='state_of_an_errand_is_known'),
        ),
        migrations.AddConstraint(
            model_name='macro',
            constraint=golddraht.plumbing.tenancy.OwnRowsOnly(name='conversations_macro_own_rows'),
        ),
        migrations.AddConstraint(
            model_name='macro',
            constraint=golddraht.plumbing.tenancy.SameTenant(field='to', name='conversations_macro_to_same_tenant'),
        ),
        migrations.AddConstraint(
            model_name='macro',
            constraint=golddraht.plumbing.tenancy.SameTenant(field='team', name='conversations_macro_team_same_tenant'),
        ),
        migrations.AddConstraint(
            model_name='macro',
            constraint=golddraht.plumbing.tenancy.SameTenant(field='module', name='conversations_macro_module_same_tenant'),
        ),
        migrations.AddConstraint(
            model_name='macro',
            constraint=golddraht.plumbing.tenancy.SameTenant(field='made_by', name='conversations_macro_made_by_same_tenant'),
        ),
        migrations.AddConstraint(
            model_name='macro',
            constraint=golddraht.plumbing.tenancy.Traced(name='conversations_macro_traced'),
        ),
        migrations.AddConstraint(
            model_name='macro',
            constraint=models.UniqueConstraint(condition=models.Q(('retired_at', None), models.Q(('key', ''), _negated=True)), fields=('tenant', 'key'), name='one_macro_by_key'),
        ),
        migrations.AddConstraint(
            model_name='macro',
            constraint=models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('tenant', 'name'), name='one_macro_by_name'),
        ),
    ]
