"""To whom a message went is no word that somebody said: it stands in the index with a sign of its own.

What is there is rewritten as it stands, so that nothing is lost to a search meanwhile.
"""

from django.db import migrations

APART = """
UPDATE search_document SET words = ts_filter(words, '{a,b,c}')
    || replace(ts_filter(words, '{d}')::text, '''' || tenant_id || '.', '''' || tenant_id || '>')::tsvector
WHERE kind = 'message' AND ts_filter(words, '{d}') <> ''::tsvector
"""
TOGETHER = """
UPDATE search_document SET words = replace(words::text, '''' || tenant_id || '>', '''' || tenant_id || '.')::tsvector
WHERE kind = 'message' AND ts_filter(words, '{d}') <> ''::tsvector
"""


class Migration(migrations.Migration):

    dependencies = [("search", "0006_find_by_priority")]

    operations = [migrations.RunSQL(APART, TOGETHER)]
