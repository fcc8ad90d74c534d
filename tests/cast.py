"""The people of the tests. Heizwerk sells stoves and washing machines; Moebelhaus is another tenant and must never see it.

Nina and Tom serve, Lea leads, Ada administrates; Valentina and Björn are customers; Max works for the other company.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations import Words, receive_message
from golddraht.conversations.rules import Channel
from golddraht.customers.models import Customer
from golddraht.customers.operations import recognise
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import seeing
from golddraht.team.models import Membership, Seat, Team
from golddraht.team.operations import form_team, found_tenant, invite
from golddraht.team.queries import Viewer, viewer_for
from golddraht.team.rules import Role

MONDAY_MORNING = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)  # 10:00 in Berlin.
PASSWORD = "ein langes Kennwort 4711"
WEEKDAYS = [(day, time(8), time(18)) for day in range(5)]


@dataclass(frozen=True)
class Company:
    """A tenant with its people, and its team."""

    tenant: Tenant
    nina: Membership
    tom: Membership
    lea: Membership
    ada: Membership
    team: Team

    @contextmanager
    def seen(self, by: Membership | None = None) -> Iterator[None]:
        with seeing(self.tenant.pk, actor=by.pk if by else None):
            yield

    def viewer(self, member: Membership) -> Viewer:
        return viewer_for(user_id=member.user_id, tenant_slug=self.tenant.slug)


def a_company(slug: str = "heizwerk", name: str = "Heizwerk", *, at: datetime = MONDAY_MORNING) -> Company:
    """A company with two agents, a lead and an admin, open on weekdays from 8 to 18 in Berlin."""
    tenant = found_tenant(slug=slug, name=name, at=at - timedelta(days=400))
    people = {
        key: invite(
            tenant_id=tenant.pk,
            email=f"{key}@{slug}.example",
            name=full,
            role=role,
            password=PASSWORD,
            languages=("de", "en"),
            goodwill_cents=5000,
        )
        for key, full, role in [
            ("nina", "Nina Aigner", Role.AGENT),
            ("tom", "Tom Berger", Role.AGENT),
            ("lea", "Lea Conrad", Role.LEAD),
            ("ada", "Ada Dorn", Role.ADMIN),
        ]
    }
    with seeing(tenant.pk):
        team = form_team(
            name="Service",
            lead=people["lea"],
            members=[people["nina"], people["tom"]],
            hours=WEEKDAYS,
            is_default=True,
        )
    return Company(tenant=tenant, team=team, **people)


def also_serves(member: Membership, company: Company, *, role: Role = Role.AGENT) -> Membership:
    """The same person as a member of another company, in its team."""
    too = invite(
        tenant_id=company.tenant.pk, email=member.user.email, name=member.name, role=role, languages=("de", "en")
    )
    with company.seen():
        Seat.objects.create(team=company.team, member=too)
    return too


def valentina(*, at: datetime = MONDAY_MORNING) -> Customer:
    return recognise(
        channel="EMAIL",
        address="valentina@kundin.example",
        shown="valentina@kundin.example",
        name="Valentina Moser",
        source="mail:from",
        at=at,
    )


def bjoern(*, at: datetime = MONDAY_MORNING) -> Customer:
    return recognise(
        channel="EMAIL",
        address="bjoern@kunde.example",
        shown="bjoern@kunde.example",
        name="Björn Petersen",
        source="mail:from",
        at=at,
    )


def words(
    text: str = "Meine Waschmaschine pumpt nicht ab. Was kann ich tun?", subject: str = "Waschmaschine", **more: object
) -> Words:
    return Words(channel=Channel.EMAIL, text=text, subject=subject, language="de", **more)  # type: ignore[arg-type]  # Forwarded as given.


def a_message(*, customer: Customer | None = None, at: datetime = MONDAY_MORNING, **said: object) -> Message:
    """A customer's words, arrived; in a new conversation."""
    return receive_message(customer=customer or valentina(at=at), words=words(**said), at=at)  # type: ignore[arg-type]  # As above.


def a_conversation(*, customer: Customer | None = None, at: datetime = MONDAY_MORNING, **said: object) -> Conversation:
    """A live concern of Valentina (or of `customer`), with owner and next touch."""
    conversation: Conversation = a_message(customer=customer, at=at, **said).conversation
    return conversation
