"""The two looks that row-level security would slow down a hundredfold, the triggers, and everything written so far to be read."""

from django.db import migrations

from golddraht.plumbing.findable import findable

# Gives ids only, of one tenant, and only when that tenant is being seen. What is shown is then read through the walls.
# A common word is found by walking back from the newest, a rare one through the index: never is either done to the end for
# the other, whatever the planner would guess.
FIND = """
CREATE FUNCTION golddraht_find(
    of_tenant bigint, asked text, told jsonb, by_rank boolean,
    from_rank real, from_at timestamptz, from_id bigint, most integer
) RETURNS TABLE (id bigint, kind text, source_id bigint, at timestamptz, rank real)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    hits CONSTANT integer := CASE WHEN by_rank THEN 2000 ELSE most END;
    enough CONSTANT integer := CASE WHEN by_rank THEN 300 ELSE most END;
    wanted CONSTANT tsquery := nullif(asked, '')::tsquery;
    fits text := 'true';
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
        fits := fits || ' AND coalesce((SELECT s.status FROM conversations_conversation s'
            ' WHERE s.tenant_id = d.tenant_id AND s.id = d.conversation_id), '''') <> ''SPAM''';
    END IF;
    IF from_at IS NOT NULL AND NOT by_rank THEN
        behind := '(d.at, d.id) < ($4, $5)';
    END IF;
    IF told -> 'kinds' IS DISTINCT FROM '["customer"]'::jsonb THEN
        EXECUTE format(
            'SELECT array_agg(h.id) FROM (SELECT d.id FROM (SELECT d.* FROM search_document d WHERE d.tenant_id = $1 AND %s'
            ' ORDER BY d.at DESC, d.id DESC LIMIT 8000) d%s WHERE ($2 IS NULL OR d.words @@ $2) AND %s'
            ' ORDER BY d.at DESC, d.id DESC LIMIT %s) h', behind, concern, fits, hits)
            INTO ids USING of_tenant, wanted, told, from_at, from_id;
    END IF;
    IF coalesce(cardinality(ids), 0) < enough THEN
        EXECUTE format(
            'WITH f AS MATERIALIZED (SELECT d.id, d.at FROM search_document d%s WHERE d.tenant_id = $1 AND %s AND %s AND %s)'
            ' SELECT array_agg(h.id) FROM (SELECT f.id FROM f ORDER BY f.at DESC, f.id DESC LIMIT %s) h',
            concern, CASE WHEN wanted IS NULL THEN 'true' ELSE 'd.words @@ $2' END, behind, fits, hits)
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
END $$;
REVOKE ALL ON FUNCTION golddraht_find FROM PUBLIC
"""

# Customers whose name sounds the same, or shares three of its six rarest trigrams; of the latter PostgreSQL's own
# statistics tell which are rare. Whoever asks ranks them.
NAMED = """
CREATE FUNCTION golddraht_named(of_tenant bigint, sounds text[], grams text[], most integer)
RETURNS TABLE (customer_id bigint, name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    gram text;
    is_there boolean;
    common jsonb;
    rare text[] := '{}';
    alike text := 'false';
    n integer;
BEGIN
    IF NOT coalesce(of_tenant = ANY (string_to_array(current_setting('golddraht.tenants', true), ',')::bigint[]), false) THEN
        RETURN;
    END IF;
    SELECT jsonb_object_agg(one.key, one.share) INTO common FROM pg_stats s,
        LATERAL unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS one (key, share)
        WHERE s.schemaname = 'public' AND s.tablename = 'search_name' AND s.attname = 'keys' AND one.key = ANY (grams);
    FOREACH gram IN ARRAY grams LOOP
        is_there := common ? gram;
        IF is_there IS NOT TRUE THEN
            EXECUTE 'SELECT EXISTS (SELECT FROM search_name WHERE keys @> ARRAY[$1])' INTO is_there USING gram;
        END IF;
        IF is_there THEN
            rare := rare || gram;
        END IF;
    END LOOP;
    SELECT coalesce(array_agg(one ORDER BY (common ->> one)::real NULLS FIRST), '{}') INTO rare FROM unnest(rare) AS one;
    rare := rare[1:6];
    n := cardinality(rare);
    IF n = 2 THEN
        alike := format('keys @> %L', rare);
    END IF;
    FOR i IN 1 .. n - 2 LOOP
        FOR j IN i + 1 .. n - 1 LOOP
            FOR k IN j + 1 .. n LOOP
                alike := alike || format(' OR keys @> %L', ARRAY[rare[i], rare[j], rare[k]]);
            END LOOP;
        END LOOP;
    END LOOP;
    RETURN QUERY EXECUTE
        'SELECT p.customer_id, p.name::text FROM search_name p WHERE p.tenant_id = $1 AND cardinality($2) > 0 AND p.keys @> $2 LIMIT $3'
        USING of_tenant, sounds, most;
    RETURN QUERY EXECUTE
        format('SELECT p.customer_id, p.name::text FROM search_name p WHERE p.tenant_id = $1 AND (%s) LIMIT $2', alike)
        USING of_tenant, most;
END $$;
REVOKE ALL ON FUNCTION golddraht_named FROM PUBLIC
"""

# Merged and split: the words stay as they are, only the concern is another one.
MOVED = """
CREATE FUNCTION search_conversation_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE search_document SET conversation_id = NEW.conversation_id
    WHERE tenant_id = NEW.tenant_id AND kind = TG_ARGV[0] AND source_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER search_message_moved AFTER UPDATE OF conversation_id ON conversations_message
    FOR EACH ROW WHEN (OLD.conversation_id IS DISTINCT FROM NEW.conversation_id) EXECUTE FUNCTION search_conversation_moved('message');
CREATE TRIGGER search_note_moved AFTER UPDATE OF conversation_id ON conversations_note
    FOR EACH ROW WHEN (OLD.conversation_id IS DISTINCT FROM NEW.conversation_id) EXECUTE FUNCTION search_conversation_moved('note')
"""
NOT_MOVED = """
DROP TRIGGER search_message_moved ON conversations_message;
DROP TRIGGER search_note_moved ON conversations_note;
DROP FUNCTION search_conversation_moved()
"""
FILL = """
INSERT INTO search_unread (tenant_id, kind, source_id, since) SELECT tenant_id, 'customer', id, now() FROM customers_customer ORDER BY id DESC;
INSERT INTO search_unread (tenant_id, kind, source_id, since) SELECT tenant_id, 'note', id, now() FROM conversations_note ORDER BY id DESC;
INSERT INTO search_unread (tenant_id, kind, source_id, since) SELECT tenant_id, 'message', id, now() FROM conversations_message ORDER BY id DESC
"""


class Migration(migrations.Migration):

    dependencies = [
        ("search", "0001_make_words_findable"),
        ("conversations", "0006_remember_how_a_target_rested"),
        ("customers", "0002_say_why_an_address_is_dead"),
    ]

    operations = [
        migrations.RunSQL(FIND, "DROP FUNCTION golddraht_find"),
        migrations.RunSQL(NAMED, "DROP FUNCTION golddraht_named"),
        migrations.RunSQL(*findable("conversations_message", kind="message", columns=["subject", "text", "author_name", "recipients"])),
        migrations.RunSQL(*findable("conversations_attachment", kind="message", columns=["name", "message_id"], source="message_id")),
        migrations.RunSQL(*findable("conversations_note", kind="note", columns=["text"])),
        migrations.RunSQL(*findable("customers_customer", kind="customer", columns=["name", "matters", "organisation_id"])),
        migrations.RunSQL(*findable("customers_contactpoint", kind="customer", columns=["shown", "address", "customer_id"], source="customer_id")),
        migrations.RunSQL(MOVED, NOT_MOVED),
        # The newest first, so that what is looked for most is found soonest.
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL("ALTER TABLE search_name ALTER COLUMN keys SET STATISTICS 1000", migrations.RunSQL.noop),
    ]
