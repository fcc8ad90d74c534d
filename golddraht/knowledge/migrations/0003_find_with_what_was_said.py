"""Articles are found where everything else is found, with the same words and filters."""

from django.db import migrations

from golddraht.plumbing.findable import findable

FILL = "INSERT INTO search_unread (tenant_id, kind, source_id, since) SELECT tenant_id, 'article', id, now() FROM knowledge_article"
EMPTY = "DELETE FROM search_unread WHERE kind = 'article'; DELETE FROM search_document WHERE kind = 'article'"


class Migration(migrations.Migration):

    dependencies = [("knowledge", "0002_find_by_words"), ("search", "0007_keep_addresses_apart")]

    operations = [
        migrations.RunSQL(*findable("knowledge_article", kind="article", columns=["state", "owner_id"])),
        migrations.RunSQL(
            *findable("knowledge_articletext", kind="article", columns=["title", "body", "article_id"], source="article_id")
        ),
        migrations.RunSQL(*findable("knowledge_articlefile", kind="article", columns=["name", "article_id"], source="article_id")),
        migrations.RunSQL(FILL, EMPTY),
    ]
