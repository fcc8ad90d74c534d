"""What can be found: derived from other rooms' rows, and gone with them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from golddraht.plumbing.tenancy import TenantRow, walls


class Document(TenantRow):
    """The words of one message, note, customer or article, made comparable.

    Every word carries its tenant, so that the index of a small company does not wade through a big one's. Its weight says
    where it stood: A title, B text and names of files, C who wrote, D who got it.
    """

    kind = models.CharField(max_length=12)
    source_id = models.BigIntegerField()
    at = models.DateTimeField()
    # No foreign keys: a row of any kind may stand here, and triggers take it away with its source.
    conversation_id = models.BigIntegerField(null=True)
    has_file = models.BooleanField(default=False)
    words = SearchVectorField()

    class Meta:
        constraints = [
            *walls("search_document"),
            models.UniqueConstraint(fields=["tenant", "kind", "source_id"], name="one_document_per_source"),
        ]
        indexes = [
            GinIndex(fields=["words"], name="document_by_words"),
            models.Index(fields=["tenant", "-at", "-id"], name="document_by_newest"),
            models.Index(fields=["tenant", "conversation_id"], name="document_of_conversation"),
        ]


class Name(TenantRow):
    """A customer's name with how it sounds and looks, for whoever misspells it. `keys` carry the tenant, too."""

    customer_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    keys = ArrayField(models.TextField())

    class Meta:
        constraints = [
            *walls("search_name"),
            models.UniqueConstraint(fields=["tenant", "customer_id"], name="one_name_per_customer"),
        ]
        indexes = [GinIndex(fields=["keys"], name="name_by_keys")]


class Unread(TenantRow):
    """Something was written or changed and waits to be made findable. Put here by triggers, in the writer's own transaction."""

    kind = models.CharField(max_length=12)
    source_id = models.BigIntegerField()
    since = models.DateTimeField()

    class Meta:
        constraints = [*walls("search_unread")]
        indexes = [models.Index(fields=["tenant", "id"], name="unread_in_order")]
