"""A company that brings two hundred thousand customers along still finds what was said newest at once.

Customers stand in the same table, and those who came together stood before everything that was said. Walking back now
leaves them out, goes further where the best are wanted, and looks for spam only among what is about to be shown.
"""

import importlib

from django.db import migrations, models

FIND = """
CREATE OR REPLACE FUNCTION golddraht_find(
    of_tenant bigint, asked text, told jsonb, by_rank boolean,
    from_rank real, from_at timestamptz, from_id bigint, most integer
) RETURNS TABLE (id bigint, kind text, source_id bigint, at timestamptz, rank real)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    hits CONSTANT integer := CASE WHEN by_rank THEN 2000 ELSE most END;
    enough CONSTANT integer := CASE WHEN by_rank THEN 60 ELSE most END;
    walk CONSTANT integer := CASE WHEN by_rank THEN 12000 ELSE 8000 END;
    people CONSTANT boolean := told -> 'kinds' ? 'customer';
    wanted CONSTANT tsquery := nullif(asked, '')::tsquery;
    fits text := 'true';
    spoken text := '';
    concern text := '';
    behind text := 'true';
    ids bigint[];
BEGIN
    IF NOT coalesce(of_tenant = ANY (string_to_array(current_setting('golddraht.tenants', true), ',')::bigint[]), false) THEN
        RETURN;
    END IF;
    IF told ? 'kinds' THEN
        fits := fits || ' AND d.kind = ANY (ARRAY(SELECT jsonb_array_elements_text($3 -> ''kinds'')))';
    END IF;
    IF told ? 'has_file' THEN
        fits := fits || ' AND d.has_file = ($3 ->> ''has_file'')::boolean';
    END IF;
    IF told ? 'since' THEN
        fits := fits || ' AND d.at >= ($3 ->> ''since'')::timestamptz';
    END IF;
    IF told ? 'until' THEN
        fits := fits || ' AND d.at < ($3 ->> ''until'')::timestamptz';
    END IF;
    IF told ? 'statuses' THEN
        concern := concern || ' AND c.status = ANY (ARRAY(SELECT jsonb_array_elements_text($3 -> ''statuses'')))';
    END IF;
    IF told ? 'tags' THEN
        concern := concern || ' AND c.tags && ARRAY(SELECT jsonb_array_elements_text($3 -> ''tags''))::varchar[]';
    END IF;
    IF told ? 'tags_excluded' THEN
        concern := concern || ' AND NOT c.tags && ARRAY(SELECT jsonb_array_elements_text($3 -> ''tags_excluded''))::varchar[]';
    END IF;
    IF told ? 'teams' THEN
        concern := concern || ' AND c.team_id = ANY (ARRAY(SELECT jsonb_array_elements_text($3 -> ''teams'')::bigint))';
    END IF;
    IF told ? 'owners' THEN
        concern := concern || ' AND c.owner_id = ANY (ARRAY(SELECT jsonb_array_elements_text($3 -> ''owners'')::bigint))';
    END IF;
    IF concern <> '' THEN
        concern := ' JOIN conversations_conversation c ON c.tenant_id = d.tenant_id AND c.id = d.conversation_id' || concern;
    END IF;
    IF NOT told ? 'statuses' THEN
        spoken := ' AND coalesce((SELECT s.status FROM conversations_conversation s'
            ' WHERE s.tenant_id = $1 AND s.id = d.conversation_id), '''') <> ''SPAM''';
    END IF;
    IF from_at IS NOT NULL AND NOT by_rank THEN
        behind := '(d.at, d.id) < ($4, $5)';
    END IF;
    IF told -> 'kinds' IS DISTINCT FROM '["customer"]'::jsonb THEN
        EXECUTE format(
            'SELECT array_agg(h.id) FROM (SELECT d.id FROM (SELECT d.* FROM search_document d WHERE d.tenant_id = $1 AND %s AND %s'
            ' ORDER BY d.at DESC, d.id DESC LIMIT %s) d%s WHERE ($2 IS NULL OR d.words @@ $2) AND %s%s'
            ' ORDER BY d.at DESC, d.id DESC LIMIT %s) h',
            CASE WHEN people THEN 'true' ELSE 'd.kind <> ''customer''' END, behind, walk, concern, fits, spoken, hits)
            INTO ids USING of_tenant, wanted, told, from_at, from_id;
    END IF;
    IF coalesce(cardinality(ids), 0) < enough THEN
        EXECUTE format(
            'WITH f AS MATERIALIZED (SELECT d.id, d.at, d.conversation_id FROM search_document d%s WHERE d.tenant_id = $1 AND %s AND %s AND %s)'
            ' SELECT array_agg(h.id) FROM (SELECT d.id FROM (SELECT * FROM f ORDER BY f.at DESC, f.id DESC OFFSET 0) d'
            ' WHERE true%s LIMIT %s) h',
            concern, CASE WHEN wanted IS NULL THEN 'true' ELSE 'd.words @@ $2' END, behind, fits, spoken, hits)
            INTO ids USING of_tenant, wanted, told, from_at, from_id;
    END IF;
    RETURN QUERY
        SELECT r.id, r.kind, r.source_id, r.at, r.rank FROM (
            SELECT d.id, d.kind::text AS kind, d.source_id, d.at,
                CASE WHEN by_rank AND wanted IS NOT NULL THEN ts_rank_cd(d.words, wanted, 1) ELSE 0 END AS rank
            FROM search_document d WHERE d.tenant_id = of_tenant AND d.id = ANY (ids)
        ) r
        WHERE from_rank IS NULL OR NOT by_rank OR (r.rank, r.id) < (from_rank, from_id)
        ORDER BY r.rank DESC, CASE WHEN NOT by_rank THEN r.at END DESC, r.id DESC LIMIT most;
END $$;"""
BEFORE = importlib.import_module("golddraht.search.migrations.0002_look_past_the_walls").FIND


class Migration(migrations.Migration):

    dependencies = [("search", "0003_keep_filters")]

    operations = [
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["tenant", "-at", "-id"], condition=~models.Q(kind="customer"), name="said_by_newest"),
        ),
        migrations.RunSQL(FIND, "DROP FUNCTION golddraht_find;" + BEFORE),
    ]
