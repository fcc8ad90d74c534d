"""Look-ups by words. Under row-level security no GIN index serves `@@`, so these run as the owner and keep up the wall themselves."""

from django.db import migrations

SEEN = "ANY (string_to_array(current_setting('golddraht.tenants', true), ',')::bigint[])"
AS_OWNER = "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

FIND_ARTICLES = f"""
CREATE FUNCTION golddraht_find_articles(wanted tsquery, published_only boolean, most integer)
RETURNS TABLE (text_id bigint, rank real) {AS_OWNER} AS $$
    SELECT found.id, found.rank FROM (
        SELECT id, ts_rank(words, wanted) AS rank FROM public.knowledge_articletext
        WHERE NOT published_only AND tenant_id = {SEEN} AND words @@ wanted
        UNION ALL
        SELECT id, ts_rank(published_words, wanted) FROM public.knowledge_articletext
        WHERE published_only AND tenant_id = {SEEN} AND published_words @@ wanted
    ) AS found ORDER BY found.rank DESC, found.id LIMIT most
$$;
REVOKE ALL ON FUNCTION golddraht_find_articles(tsquery, boolean, integer) FROM PUBLIC
"""

FIND_SOLVED = f"""
CREATE FUNCTION golddraht_find_solved(wanted tsquery, most integer)
RETURNS TABLE (solved_id bigint, rank real) {AS_OWNER} AS $$
    SELECT id, ts_rank(words, wanted) AS rank FROM public.knowledge_solvedconcern
    WHERE tenant_id = {SEEN} AND words @@ wanted
    ORDER BY rank DESC, id DESC LIMIT most
$$;
REVOKE ALL ON FUNCTION golddraht_find_solved(tsquery, integer) FROM PUBLIC
"""


class Migration(migrations.Migration):

    dependencies = [("knowledge", "0001_initial")]

    operations = [
        migrations.RunSQL(FIND_ARTICLES, "DROP FUNCTION golddraht_find_articles(tsquery, boolean, integer)"),
        migrations.RunSQL(FIND_SOLVED, "DROP FUNCTION golddraht_find_solved(tsquery, integer)"),
    ]
