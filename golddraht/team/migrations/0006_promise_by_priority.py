import django.db.models.deletion
from django.db import migrations, models

import golddraht.plumbing.tenancy


class Migration(migrations.Migration):

    dependencies = [
        ('plumbing', '0005_ask_for_second_factors'),
        ('team', '0005_say_how_somebody_writes'),
    ]

    operations = [
        migrations.CreateModel(
            name='TeamPromise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('priority', models.CharField(max_length=8)),
                ('answer_within', models.DurationField()),
                ('touch_within', models.DurationField(null=True)),
                ('team', golddraht.plumbing.tenancy.TenantKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='team.team')),
                ('tenant', models.ForeignKey(default=golddraht.plumbing.tenancy.current_tenant_id, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plumbing.tenant')),
            ],
        ),
        migrations.AddField(
            model_name='arrivalrule',
            name='priority',
            field=models.CharField(db_default='NORMAL', default='NORMAL', max_length=8),
        ),
        migrations.AddField(
            model_name='team',
            name='touch_within',
            field=models.DurationField(null=True),
        ),
        migrations.AddConstraint(
            model_name='arrivalrule',
            constraint=models.CheckConstraint(condition=models.Q(('priority__in', ['NORMAL', 'HIGH', 'URGENT'])), name='priority_of_a_rule_is_known'),
        ),
        migrations.AddConstraint(
            model_name='teampromise',
            constraint=golddraht.plumbing.tenancy.OwnRowsOnly(name='team_teampromise_own_rows'),
        ),
        migrations.AddConstraint(
            model_name='teampromise',
            constraint=golddraht.plumbing.tenancy.SameTenant(field='team', name='team_teampromise_team_same_tenant'),
        ),
        migrations.AddConstraint(
            model_name='teampromise',
            constraint=golddraht.plumbing.tenancy.Traced(name='team_teampromise_traced'),
        ),
        migrations.AddConstraint(
            model_name='teampromise',
            constraint=models.UniqueConstraint(fields=('tenant', 'team', 'priority'), name='one_promise_per_priority'),
        ),
        migrations.AddConstraint(
            model_name='teampromise',
            constraint=models.CheckConstraint(condition=models.Q(('priority__in', ['HIGH', 'URGENT'])), name='a_promise_is_for_more_than_usual'),
        ),
    ]
