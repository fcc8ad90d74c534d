"""The domains of the tenant's addresses: named, looked at, proven to be theirs."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from golddraht.channels.events import DomainAsked, DomainLookedAt
from golddraht.channels.mail.domain_setup import Finding, Published, Setup, State, Topic
from golddraht.channels.models import DomainFinding, DomainKey, DomainPlate, Doorplate, Mailbox, MailDomain
from golddraht.ground.addresses import folded_address, folded_domain, is_plausible_address
from golddraht.ground.text import one_line
from golddraht.plumbing import bus
from golddraht.plumbing.secrets import derived_key
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.plumbing.transactions import joined
from golddraht.team.queries import current_tenant

LOOKED_AGAIN = timedelta(days=1)
ASKED_AGAIN = timedelta(hours=1)
MOST_DOMAINS = 200


class DomainRefused(ValueError):
    """That cannot be done with the domain; the message says why."""


def domain_of(address: str) -> str:
    """The folded domain of an address."""
    return folded_address(address).rpartition("@")[2]


def proof_of(domain: str, tenant_id: int) -> str:
    """What the tenant publishes to prove that a domain is its own; another tenant's word is another one."""
    told = f"{tenant_id}:{folded_domain(domain)}".encode()
    return hmac.new(derived_key("domain-proof"), told, "sha256").hexdigest()[:32]


@transaction.atomic
def add_domain(*, domain: str, at: datetime) -> MailDomain:
    """The domain among those of the tenant; one that is there already is given back. Raises DomainRefused."""
    folded = folded_domain(domain.strip().lstrip("@"))
    if not is_plausible_address(f"x@{folded}"):
        raise DomainRefused(_("Enter a domain such as example.org."))
    if MailDomain.objects.count() >= MOST_DOMAINS:
        raise DomainRefused(_("There are too many domains already."))
    row, _new = MailDomain.objects.get_or_create(domain=folded, defaults={"added_at": at})
    named: MailDomain = row
    return named


@transaction.atomic
def ask_about_domain(*, mail_domain_id: int, at: datetime) -> None:
    """Have somebody look; what was found before stays until it is found anew. A demo asks nobody. Raises DomainRefused."""
    if current_tenant().is_demo:
        raise DomainRefused(_("This is a demo: its domains are made up, and nobody is asked about them."))
    MailDomain.objects.filter(pk=mail_domain_id).update(asked_at=at)
    bus.publish(DomainAsked(mail_domain_id, at))


def setup_of(*, mail_domain_id: int) -> Setup | None:
    """What is expected to be found at a domain; None when it is gone."""
    row = MailDomain.objects.filter(pk=mail_domain_id).first()
    if row is None:
        return None
    keys = DomainKey.objects.filter(domain=row, signs_since__isnull=False, retired_at=None).order_by("pk")
    hosts = Mailbox.objects.filter(active=True, address__iendswith=f"@{row.domain}").exclude(smtp_host="")
    return Setup(
        domain=row.domain,
        proof=proof_of(row.domain, current_tenant_id()),
        keys=tuple(Published(key.selector, key.record) for key in keys),
        sends_by=tuple(sorted(set(hosts.values_list("smtp_host", flat=True)))),
    )


@transaction.atomic
def note_finding(*, mail_domain_id: int, finding: Finding, at: datetime) -> None:
    """Write down one thing that was found; a proof that was found keeps other tenants away from now on."""
    row = MailDomain.objects.select_for_update().filter(pk=mail_domain_id).first()
    if row is None:
        return
    found = [one_line(one, 1_000) for one in finding.found[:20]]
    told = {"state": finding.state, "reason": finding.reason[:32], "found": found, "looked_at": at}
    DomainFinding.objects.update_or_create(domain=row, topic=finding.topic, defaults=told)
    if finding.topic is Topic.PROOF and finding.state is State.GOOD and row.proven_at is None:
        _prove(row, at)
    bus.publish(DomainLookedAt(row.pk, at))


@transaction.atomic
def note_looked(*, mail_domain_id: int, at: datetime) -> None:
    """The whole look is over."""
    MailDomain.objects.filter(pk=mail_domain_id).update(looked_at=at)
    bus.publish(DomainLookedAt(mail_domain_id, at))


def _prove(row: MailDomain, at: datetime) -> None:
    """From here on mail to the domain is handed to those alone who have proven that it is theirs."""
    lock_domain(row.domain)
    MailDomain.objects.filter(pk=row.pk).update(proven_at=at)
    DomainPlate.objects.get_or_create(domain=row.domain, tenant_id=current_tenant_id(), defaults={"proven_at": at})
    proven = DomainPlate.objects.filter(domain=row.domain).values("tenant_id")
    Doorplate.objects.filter(address__endswith=f"@{row.domain}").exclude(tenant_id__in=proven).delete()


def lock_domain(domain: str) -> None:
    """Claiming an address and proving its domain happen one after the other, whichever tenants are at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [f"domain:{domain}"])


@joined
def refuse_foreign_domain(address: str) -> None:
    """Raises DomainRefused when somebody else has proven that the domain is theirs, and this tenant has not."""
    domain = domain_of(address)
    lock_domain(domain)
    owners = set(DomainPlate.objects.filter(domain=domain).values_list("tenant_id", flat=True))
    if owners and current_tenant_id() not in owners:
        raise DomainRefused(
            _(
                "Another company of this installation has proven that %(domain)s is its domain. If it is yours as well, add it"
                " under “Domains”, publish the proof shown there, and come back."
            )
            % {"domain": domain}
        )


@transaction.atomic
def sweep(*, at: datetime) -> None:
    """Look at each domain once a day, so that what broke since is known before customers notice."""
    if current_tenant().is_demo:
        return
    is_due = (
        Q(looked_at__lt=at - LOOKED_AGAIN) | Q(asked_at__gt=F("looked_at")) | Q(looked_at=None, asked_at__isnull=False)
    )
    rows = MailDomain.objects.filter(is_due, Q(asked_at=None) | Q(asked_at__lt=at - ASKED_AGAIN))
    for mail_domain_id in list(rows.values_list("pk", flat=True)[:20]):
        MailDomain.objects.filter(pk=mail_domain_id).update(asked_at=at)
        bus.publish(DomainAsked(mail_domain_id, at))
