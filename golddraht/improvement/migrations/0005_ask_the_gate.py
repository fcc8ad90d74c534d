from django.db import migrations

TAKE_OVER = """
INSERT INTO consent_consentact
    (tenant_id, customer_id, kind, way, purpose, at, proof, words, address, call_note, keep_until)
SELECT tenant_id, customer_id, 'OBJECTED', '', 'SURVEY', at, '', '', '', '', (at + interval '5 years')::date
FROM improvement_askednomore
"""
"""Whoever did not want to be asked again has objected to such questions."""


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0001_begin_to_ask'),
        ('improvement', '0004_choose_what_is_shown_of_staff'),
    ]

    operations = [
        migrations.RunSQL(TAKE_OVER, migrations.RunSQL.noop),
        migrations.DeleteModel(
            name='AskedNoMore',
        ),
    ]
