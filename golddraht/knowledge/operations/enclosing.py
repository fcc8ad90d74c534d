"""Pictures and files of an article."""

from __future__ import annotations

from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from golddraht.conversations.operations import Enclosure
from golddraht.knowledge.models import Article, ArticleFile
from golddraht.knowledge.operations.writing import ArticleRefused
from golddraht.knowledge.rules import Refusal
from golddraht.plumbing.files import new_name

LARGEST = 10_000_000
MOST_FILES = 60


@transaction.atomic
def add_file(*, article_id: int, enclosure: Enclosure, by: int, at: datetime) -> ArticleFile:
    """Keep a picture or file with the article; its text shows it as `![words](file:NUMBER)`. Raises ArticleRefused."""
    if len(enclosure.content) > LARGEST or not enclosure.content:
        raise ArticleRefused(Refusal.FILE, "At most 10 MB for one file, and not empty.")
    if ArticleFile.objects.filter(article_id=article_id).count() >= MOST_FILES:
        raise ArticleRefused(Refusal.FILE, "This article has too many files.")
    file = ArticleFile(
        article=Article.objects.get(pk=article_id),
        name=enclosure.name[:200],
        content_type=enclosure.content_type[:200],
        size=len(enclosure.content),
        by_id=by,
        at=at,
    )
    file.file.save(new_name(), ContentFile(enclosure.content), save=False)
    file.save()
    return file


@transaction.atomic
def remove_file(*, article_id: int, file_id: int) -> None:
    """Gone for good; texts and older versions that showed it show only its words."""
    for file in ArticleFile.objects.filter(pk=file_id, article_id=article_id):
        file.delete()
        file.file.delete(save=False)
