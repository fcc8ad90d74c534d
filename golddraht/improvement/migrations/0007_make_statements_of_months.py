import django.db.models.deletion
import golddraht.plumbing.tenancy
from django.db import migrations, models

STAYS = """
CREATE FUNCTION golddraht_month_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A statement is made once and never changed.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER improvement_statement_stays BEFORE UPDATE ON improvement_statement FOR EACH ROW
    EXECUTE FUNCTION golddraht_month_stays();
CREATE TRIGGER improvement_statementline_stays BEFORE UPDATE ON improvement_statementline FOR EACH ROW
    EXECUTE FUNCTION golddraht_month_stays()
"""
GOES = """
DROP TRIGGER improvement_statementline_stays ON improvement_statementline;
DROP TRIGGER improvement_statement_stays ON improvement_statement;
DROP FUNCTION golddraht_month_stays()
"""


class Migration(migrations.Migration):

    dependencies = [
        ('improvement', '0006_keep_counts_of_the_erased'),
        ('plumbing', '0005_ask_for_second_factors'),
    ]

    operations = [
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('definitions', models.PositiveSmallIntegerField()),
                ('tenant', models.ForeignKey(default=golddraht.plumbing.tenancy.current_tenant_id, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plumbing.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='StatementLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('axis', models.CharField(max_length=8)),
                ('name', models.CharField(blank=True, max_length=80)),
                ('arrived', models.PositiveIntegerField()),
                ('open', models.PositiveIntegerField()),
                ('shows_work', models.BooleanField()),
                ('first_kept', models.PositiveIntegerField(null=True)),
                ('first_broken', models.PositiveIntegerField(null=True)),
                ('kept', models.PositiveIntegerField(null=True)),
                ('broken', models.PositiveIntegerField(null=True)),
                ('confirmed', models.PositiveIntegerField(null=True)),
                ('presumed', models.PositiveIntegerField(null=True)),
                ('recurred', models.PositiveIntegerField(null=True)),
                ('objected', models.PositiveIntegerField(null=True)),
                ('first_answer_minutes', models.PositiveIntegerField(null=True)),
                ('statement', golddraht.plumbing.tenancy.TenantKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='improvement.statement')),
                ('tenant', models.ForeignKey(default=golddraht.plumbing.tenancy.current_tenant_id, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plumbing.tenant')),
            ],
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=golddraht.plumbing.tenancy.OwnRowsOnly(name='improvement_statement_own_rows'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=golddraht.plumbing.tenancy.Traced(name='improvement_statement_traced'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(fields=('tenant', 'month'), name='a_statement_is_made_once'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='a_statement_is_of_a_month'),
        ),
        migrations.AddConstraint(
            model_name='statementline',
            constraint=golddraht.plumbing.tenancy.OwnRowsOnly(name='improvement_statementline_own_rows'),
        ),
        migrations.AddConstraint(
            model_name='statementline',
            constraint=golddraht.plumbing.tenancy.SameTenant(field='statement', name='improvement_statementline_statement_same_tenant'),
        ),
        migrations.AddConstraint(
            model_name='statementline',
            constraint=models.UniqueConstraint(fields=('tenant', 'statement', 'axis', 'name'), name='one_line_per_part'),
        ),
        migrations.AddConstraint(
            model_name='statementline',
            constraint=models.CheckConstraint(condition=models.Q(('axis__in', ['WHOLE', 'DAY', 'CHANNEL', 'TEAM'])), name='axis_of_a_line_is_known'),
        ),
        migrations.AddConstraint(
            model_name='statementline',
            constraint=models.CheckConstraint(condition=models.Q(('shows_work', True), models.Q(('broken', None), ('first_answer_minutes', None), ('first_broken', None), ('first_kept', None), ('kept', None)), _connector='OR'), name='work_of_few_is_not_kept'),
        ),
        migrations.RunSQL(STAYS, GOES),
    ]
