from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from golddraht.plumbing.tenancy import SameTenant, TenantKey, TenantRow, walls
from golddraht.team.rules import LONGEST_UNDO, AfterAnswer, Priority, WhenCalled


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who signs in; what they may do is told by their memberships. A doorway table without customer data."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=8, default="de")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person who works for a tenant. A doorway: it says which tenants somebody may see, so it is read before any is seen."""

    tenant = models.ForeignKey("plumbing.Tenant", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=8)
    active = models.BooleanField(default=True)
    languages = ArrayField(models.CharField(max_length=8), default=list)
    skills = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    goodwill_cents = models.PositiveIntegerField(default=0)
    left_at = models.DateTimeField(null=True, blank=True)
    # How they like to write: so long an answer can be taken back, and where they go after one.
    undo_seconds = models.PositiveSmallIntegerField(default=15, db_default=15)
    after_answer = models.CharField(max_length=4, default="STAY", db_default="STAY")
    # When the page of whoever calls opens by itself.
    when_called = models.CharField(max_length=5, default="TALKS", db_default="TALKS")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(undo_seconds__lte=LONGEST_UNDO), name="undoing_is_a_matter_of_seconds"),
            models.CheckConstraint(
                condition=Q(after_answer__in=[one.value for one in AfterAnswer]), name="after_an_answer_is_known"
            ),
            models.CheckConstraint(
                condition=Q(when_called__in=[one.value for one in WhenCalled]), name="when_called_is_known"
            ),
            models.UniqueConstraint(fields=["tenant", "user"], name="one_membership_per_tenant"),
            models.UniqueConstraint(fields=["tenant", "id"], name="membership_of_tenant"),
            models.UniqueConstraint(fields=["tenant", "id", "active"], name="active_membership_of_tenant"),
            models.CheckConstraint(condition=Q(role__in=["admin", "agent", "lead"]), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return self.name


class ClientSeat(models.Model):
    """Somebody of the client company itself, who looks at it and does nothing in it. A doorway, as a membership is.

    It is none: so they can own no concern, speak in nobody's name, and have no token for programs.
    """

    tenant = models.ForeignKey("plumbing.Tenant", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="client_seats")
    name = models.CharField(max_length=120)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "user"], condition=Q(ended_at=None), name="one_seat_of_a_client"),
        ]


class Invitation(models.Model):
    """Somebody who is asked to work for a tenant. A doorway: whoever opens its link is nobody yet.

    It makes no account and no membership: both come into being when the person themselves accepts.
    """

    tenant = models.ForeignKey("plumbing.Tenant", on_delete=models.PROTECT, related_name="+")
    email = models.EmailField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=8)
    languages = ArrayField(models.CharField(max_length=8), default=list)
    skills = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    goodwill_cents = models.PositiveIntegerField(default=0)
    # For somebody of the client company, who is to look and not to serve.
    is_client = models.BooleanField(default=False, db_default=False)
    invited_at = models.DateTimeField()
    # Accepted, withdrawn, or replaced by a newer one.
    ended_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "email"], condition=Q(ended_at=None), name="one_open_invitation"),
            models.CheckConstraint(condition=Q(role__in=["admin", "agent", "lead"]), name="invited_role_is_known"),
            SameTenant(field="accepted_by", name="team_invitation_accepted_by_same_tenant"),
        ]


class Founding(TenantRow):
    """A company that was founded from the pages of this one, which serves it; while it was empty it could be taken back."""

    # Without a constraint in the database: a demo company can be taken out whole, and this line is then about nothing.
    client = models.ForeignKey("plumbing.Tenant", on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)
    by = TenantKey(Membership)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("team_founding", "by", traced=True),
            models.UniqueConstraint(fields=["tenant", "client"], name="founded_once"),
        ]


class Logo(TenantRow):
    """A picture by which customers know the company. The one without an end is shown; of those before, only the latest is kept.

    The content lies in Django's storage under a name nobody can guess; customers reach it by `digest`, which says what is in it.
    """

    file = models.FileField(max_length=200)
    digest = models.CharField(max_length=32)
    content_type = models.CharField(max_length=20)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    # Whether the company's name can be read in it; else it stands beside it.
    says_name = models.BooleanField()
    by = TenantKey(Membership)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("team_logo", "by", traced=True),
            models.UniqueConstraint(fields=["tenant"], condition=Q(ended_at=None), name="one_logo_of_a_company"),
        ]


class Team(TenantRow):
    """A group that cares for one kind of concern, with its hours and the policy of its first answer."""

    name = models.CharField(max_length=80)
    lead = TenantKey(Membership)
    is_default = models.BooleanField(default=False)
    zone = models.CharField(max_length=64, default="Europe/Berlin")
    country = models.CharField(max_length=2, default="DE")
    state = models.CharField(max_length=8, blank=True)
    # Working time, not clock time: eight hours are one business day.
    answer_within = models.DurationField(default=timedelta(hours=4))
    # After each word of ours; None leaves it to the usual days.
    touch_within = models.DurationField(null=True)
    handling_time = models.DurationField(default=timedelta(minutes=8))
    longest_silence = models.DurationField(default=timedelta(days=21))

    class Meta:
        constraints = [
            *walls("team_team", "lead", traced=True),
            models.UniqueConstraint(fields=["tenant", "name"], name="team_name_once"),
            models.UniqueConstraint(fields=["tenant"], condition=Q(is_default=True), name="one_default_team"),
        ]

    def __str__(self) -> str:
        return self.name


class TeamPromise(TenantRow):
    """What a team promises for concerns that are more urgent than usual, in working time; without one it is as usual."""

    team = TenantKey(Team, on_delete=models.CASCADE)
    priority = models.CharField(max_length=8)
    answer_within = models.DurationField()
    touch_within = models.DurationField(null=True)

    class Meta:
        constraints = [
            *walls("team_teampromise", "team", traced=True),
            models.UniqueConstraint(fields=["tenant", "team", "priority"], name="one_promise_per_priority"),
            models.CheckConstraint(
                condition=Q(priority__in=[Priority.HIGH.value, Priority.URGENT.value]),
                name="a_promise_is_for_more_than_usual",
            ),
        ]


class OpeningSpan(TenantRow):
    """Open hours of one weekday (0 is Monday); two spans on a day leave a break between them."""

    team = TenantKey(Team, on_delete=models.CASCADE)
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    # Midnight at the end of the day is written 00:00.
    closes = models.TimeField()

    class Meta:
        constraints = [
            *walls("team_openingspan", "team", traced=True),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="weekday_is_one_of_seven"),
        ]


class ClosedDay(TenantRow):
    """A day on which a team is closed besides public holidays."""

    team = TenantKey(Team, on_delete=models.CASCADE)
    on = models.DateField()
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            *walls("team_closedday", "team"),
            models.UniqueConstraint(fields=["tenant", "team", "on"], name="closed_day_once"),
        ]


class Seat(TenantRow):
    """A member's place in a team."""

    team = TenantKey(Team, on_delete=models.CASCADE)
    member = TenantKey(Membership)

    class Meta:
        constraints = [
            *walls("team_seat", "team", "member", traced=True),
            models.UniqueConstraint(fields=["tenant", "team", "member"], name="one_seat_per_team"),
        ]


class Absence(TenantRow):
    """When a member is away, and the deputy who cares meanwhile."""

    member = TenantKey(Membership)
    deputy = TenantKey(Membership, null=True, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            *walls("team_absence", "member", "deputy", traced=True),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="absence_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(member=F("deputy")), name="nobody_is_their_own_deputy"),
        ]


class ArrivalRule(TenantRow):
    """Which team, skill and priority a concern gets when it arrives; the first rule in order that fits decides."""

    position = models.PositiveIntegerField(default=100)
    recipient = models.CharField(max_length=254, blank=True)
    # Folded words, separated by blanks; one of them in subject or text is enough.
    words = models.CharField(max_length=400, blank=True)
    team = TenantKey(Team, on_delete=models.CASCADE)
    skill = models.CharField(max_length=60, blank=True)
    priority = models.CharField(max_length=8, default="NORMAL", db_default="NORMAL")

    class Meta:
        constraints = [
            *walls("team_arrivalrule", "team", traced=True),
            models.CheckConstraint(
                condition=Q(priority__in=[one.value for one in Priority]), name="priority_of_a_rule_is_known"
            ),
        ]


class Alarm(TenantRow):
    """Something that needs a person now: said in the workspace and on another way than the one that failed."""

    kind = models.CharField(max_length=40)
    # What the alarm is about, such as a mailbox address; the same trouble is one alarm until it is cleared.
    subject = models.CharField(max_length=254)
    words = models.TextField()
    raised_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("team_alarm"),
            models.UniqueConstraint(
                fields=["tenant", "kind", "subject"],
                condition=Q(cleared_at=None),
                name="one_alarm_per_trouble",
            ),
        ]


class ApiToken(models.Model):
    """With which a program speaks for a member. A doorway: it says which tenant may be seen, so it is read before any is seen.

    Only the SHA-256 of the token is kept; it has 256 bits of chance, so that a slow hash would protect nothing.
    """

    tenant = models.ForeignKey("plumbing.Tenant", on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64, unique=True)
    # What it opens (rules/scopes.py). Empty for one from before there were scopes: then `may_write` says it.
    scopes = ArrayField(models.CharField(max_length=40), default=list, db_default=[])
    may_write = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            SameTenant(field="membership", name="team_apitoken_membership_same_tenant"),
        ]


class RememberedAnswer(TenantRow):
    """What a program was answered to a request that it named with an Idempotency-Key, so that repeating does nothing twice."""

    member = TenantKey(Membership)
    key = models.CharField(max_length=200)
    # SHA-256 of method, path and body: the same key for another request is refused.
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            *walls("team_rememberedanswer", "member"),
            models.UniqueConstraint(fields=["tenant", "member", "key"], name="one_answer_per_key"),
        ]
