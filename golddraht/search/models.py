"""What can be found: derived from other rooms' rows, and gone with them; and what somebody looks for again and again."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.search.rules.filters import Sharing
from golddraht.team.models import Membership, Team


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
            GinIndex(fields=["words"], condition=models.Q(kind="customer"), name="customer_by_words"),
            models.Index(fields=["tenant", "-at", "-id"], name="document_by_newest"),
            # Customers who came all together would stand before everything that was said.
            models.Index(fields=["tenant", "-at", "-id"], condition=~models.Q(kind="customer"), name="said_by_newest"),
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


class SavedFilter(TenantRow):
    """A place with words of the search field, kept under a name: a list of concerns that somebody looks at again and again.

    It stays when its owner leaves, for everybody with whom it is shared.
    """

    name = models.CharField(max_length=60)
    place = models.CharField(max_length=20, default="all")
    words = models.CharField(max_length=300, blank=True)
    owner = TenantKey(Membership)
    audience = models.CharField(max_length=10, default=Sharing.NOBODY)
    team = TenantKey(Team, null=True)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = TenantKey(Membership, null=True)

    class Meta:
        constraints = [
            *walls("search_savedfilter", "owner", "team", "removed_by"),
            models.UniqueConstraint(
                fields=["tenant", "owner", "name"], condition=Q(removed_at=None), name="one_filter_of_a_name"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=[one.value for one in Sharing]), name="audience_of_a_filter_is_known"
            ),
            models.CheckConstraint(
                condition=Q(audience=Sharing.TEAM) ^ Q(team=None), name="a_filter_for_a_team_names_it"
            ),
            models.CheckConstraint(condition=~Q(place="all", words=""), name="a_filter_narrows_something"),
        ]


class Pin(TenantRow):
    """A saved filter stands in the rail of a member, in an order of their own."""

    filter = TenantKey(SavedFilter, on_delete=models.CASCADE)
    member = TenantKey(Membership)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            *walls("search_pin", "filter", "member"),
            models.UniqueConstraint(fields=["tenant", "member", "filter"], name="a_filter_is_pinned_once"),
        ]
