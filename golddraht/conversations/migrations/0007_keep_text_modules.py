import django.db.models.deletion
import golddraht.plumbing.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0006_remember_how_a_target_rested'),
        ('plumbing', '0002_let_a_demo_move_in'),
        ('team', '0003_ask_people_to_join'),
    ]

    operations = [
        migrations.CreateModel(
            name='TextModule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('short', models.CharField(max_length=30)),
                ('language', models.CharField(blank=True, max_length=8)),
                ('text', models.TextField()),
                ('used', models.PositiveIntegerField(default=0)),
                ('made_at', models.DateTimeField()),
                ('retired_at', models.DateTimeField(null=True)),
                ('made_by', golddraht.plumbing.tenancy.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='team.membership')),
                ('team', golddraht.plumbing.tenancy.TenantKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.team')),
                ('tenant', models.ForeignKey(default=golddraht.plumbing.tenancy.current_tenant_id, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plumbing.tenant')),
            ],
            options={
                'constraints': [golddraht.plumbing.tenancy.OwnRowsOnly(name='conversations_textmodule_own_rows'), golddraht.plumbing.tenancy.SameTenant(field='team', name='conversations_textmodule_team_same_tenant'), golddraht.plumbing.tenancy.SameTenant(field='made_by', name='conversations_textmodule_made_by_same_tenant'), models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('tenant', 'short', 'language', 'team'), name='one_text_module_by_short_name', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('short', ''), _negated=True)), name='a_text_module_says_something')],
            },
        ),
    ]
