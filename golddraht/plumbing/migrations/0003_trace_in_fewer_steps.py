from django.db import migrations

# As before, but only an update is looked at field by field: nothing has to be told of all the fields of a new row.
TRACE_CHANGE = """
CREATE OR REPLACE FUNCTION golddraht_trace_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    actor bigint := nullif(current_setting('golddraht.actor', true), '')::bigint;
    before jsonb;
    changed text[] := '{}';
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO plumbing_trace (tenant_id, actor_id, verb, subject, subject_id, fields, at)
        VALUES (OLD.tenant_id, actor, 'delete', TG_TABLE_NAME, OLD.id, changed, clock_timestamp());
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF NEW IS NOT DISTINCT FROM OLD THEN
            RETURN NULL;
        END IF;
        before := to_jsonb(OLD);
        changed := ARRAY(
            SELECT key FROM jsonb_each(to_jsonb(NEW)) WHERE value IS DISTINCT FROM before -> key ORDER BY key
        );
    END IF;
    INSERT INTO plumbing_trace (tenant_id, actor_id, verb, subject, subject_id, fields, at)
    VALUES (NEW.tenant_id, actor, lower(TG_OP), TG_TABLE_NAME, NEW.id, changed, clock_timestamp());
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("plumbing", "0002_let_a_demo_move_in")]

    operations = [migrations.RunSQL(TRACE_CHANGE, migrations.RunSQL.noop)]
