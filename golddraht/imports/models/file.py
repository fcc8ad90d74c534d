from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from golddraht.imports.models.source import ImportSource
from golddraht.imports.rules.states import Moments, State, state_of
from golddraht.imports.rules.subjects import CUSTOMERS
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class Import(TenantRow):
    """A file of customers, orders or whatever is brought along: kept first, understood second, tried, taken over, and undone if that was wrong.

    Every statement of it carries `begun_at` as its moment and the source's name: so it can be told apart for good.
    """

    source = TenantKey(ImportSource)
    # Whose subject its rows are: "customers", or what a room above gives (`rules.subjects`).
    about = models.CharField(max_length=20, default=CUSTOMERS, db_default=CUSTOMERS)
    file_name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    # Thrown away once nothing can be taken from it any more.
    file = models.FileField(max_length=200, blank=True)
    by = TenantKey(Membership, null=True)
    kept_at = models.DateTimeField()
    moved_at = models.DateTimeField()

    # How the file was understood.
    form = models.CharField(max_length=5, blank=True)
    encoding = models.CharField(max_length=20, blank=True)
    separator = models.CharField(max_length=1, blank=True)
    quote = models.CharField(max_length=1, blank=True)
    sheet = models.CharField(max_length=100, blank=True)
    header_line = models.PositiveIntegerField(default=1)
    columns = ArrayField(models.CharField(max_length=120), default=list)
    targets = ArrayField(models.CharField(max_length=20, blank=True), default=list)
    whys = ArrayField(models.CharField(max_length=10), default=list)
    mapping_name = models.CharField(max_length=60, blank=True)
    unreadable = models.CharField(max_length=400, blank=True)

    read_at = models.DateTimeField(null=True)
    trying_since = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    undoing_since = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    row_count = models.PositiveIntegerField(default=0)
    through = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0, db_default=0)
    new_count = models.PositiveIntegerField(default=0)
    known_count = models.PositiveIntegerField(default=0)
    doubtful_count = models.PositiveIntegerField(default=0)
    bad_count = models.PositiveIntegerField(default=0)
    withdrawn_count = models.PositiveIntegerField(default=0)
    gone_count = models.PositiveIntegerField(default=0)
    stayed_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            *walls("imports_import", "source", "by", traced=True),
            models.UniqueConstraint(
                fields=["tenant", "source", "about", "begun_at"], name="one_import_of_a_source_at_a_moment"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-kept_at"], name="imports_by_age"),
            models.Index(
                fields=["tenant", "moved_at"],
                condition=Q(read_at=None, unreadable="")
                | Q(trying_since__isnull=False, tried_at=None)
                | Q(begun_at__isnull=False, ended_at=None)
                | Q(undoing_since__isnull=False, undone_at=None),
                name="imports_at_work",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def state(self) -> State:
        return state_of(Moments(**{name: getattr(self, name) for name in Moments.__dataclass_fields__}))
