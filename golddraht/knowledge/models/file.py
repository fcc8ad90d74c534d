from __future__ import annotations

from django.db import models

from golddraht.knowledge.models.article import Article
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class ArticleFile(TenantRow):
    """A picture or file of an article. The content lies in Django's storage under a name nobody can guess."""

    article = TenantKey(Article, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=200)
    size = models.BigIntegerField()
    file = models.FileField(max_length=200)
    by = TenantKey(Membership)
    at = models.DateTimeField()

    class Meta:
        constraints = [*walls("knowledge_articlefile", "article", "by", traced=True)]
