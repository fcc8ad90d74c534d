"""Whether a text helped, as its readers say."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from golddraht.knowledge.models import ArticleText
from golddraht.plumbing.tenancy import current_tenant_id


def note_verdict(*, text_id: int, helped: bool, at: datetime) -> None:
    """Count it for the day; who said it is not kept. What is no text of ours is not counted."""
    if not ArticleText.objects.filter(pk=text_id).exists():
        return
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [current_tenant_id(), text_id, at.date(), int(helped), int(not helped)])


COUNT = """
INSERT INTO knowledge_verdict AS counted (tenant_id, text_id, "on", helped, missed) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (tenant_id, text_id, "on") DO UPDATE
SET helped = counted.helped + EXCLUDED.helped, missed = counted.missed + EXCLUDED.missed
"""
