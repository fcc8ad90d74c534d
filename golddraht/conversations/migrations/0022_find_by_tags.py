"""A look past the walls for tags: under row-level security no GIN index serves `&&`."""

import django.contrib.postgres.indexes
from django.db import migrations

# All concerns with one of the tags, or NULL where that is not worth it: what many of the newest carry is found quickly by
# walking back from them, and what more than 20,000 carry is no shorter than the walk.
TAGGED = """
CREATE FUNCTION golddraht_tagged(of_tenant bigint, wanted text[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    near integer;
    ids bigint[];
BEGIN
    IF NOT coalesce(of_tenant = ANY (string_to_array(current_setting('golddraht.tenants', true), ',')::bigint[]), false) THEN
        RETURN '{}';
    END IF;
    SELECT count(*) INTO near FROM (
        SELECT c.tags FROM conversations_conversation c WHERE c.tenant_id = of_tenant ORDER BY c.latest_at DESC LIMIT 2000
    ) newest WHERE newest.tags && wanted::varchar[];
    IF near >= 100 THEN
        RETURN NULL;
    END IF;
    SELECT coalesce(array_agg(found.id), '{}') INTO ids FROM (
        SELECT c.id FROM conversations_conversation c
        WHERE c.tenant_id = of_tenant AND c.tags && wanted::varchar[] LIMIT 20001
    ) found;
    RETURN CASE WHEN cardinality(ids) <= 20000 THEN ids END;
END $$;
REVOKE ALL ON FUNCTION golddraht_tagged FROM PUBLIC
"""


class Migration(migrations.Migration):

    dependencies = [("conversations", "0021_let_only_service_go_without_permission")]

    operations = [
        migrations.AddIndex(
            model_name="conversation",
            index=django.contrib.postgres.indexes.GinIndex(fields=["tags"], name="conversation_by_tags"),
        ),
        migrations.RunSQL(TAGGED, "DROP FUNCTION golddraht_tagged"),
    ]
