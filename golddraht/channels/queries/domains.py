"""How the tenant's domains are set up: what was found, what it means, and what to publish."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from golddraht.channels.mail.domain_setup import PROOF_NAME, State, Topic
from golddraht.channels.models import DomainFinding, DomainKey, DomainPlate, Mailbox, MailDomain
from golddraht.channels.queries import Seer
from golddraht.channels.queries.domain_words import advice_of, state_words, title_of, words_of
from golddraht.ground.addresses import folded_address
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.queries import current_tenant


class NoSuchDomain(LookupError):
    """There is none, or the viewer may not see it."""


@dataclass(frozen=True)
class Record:
    """What to publish: where, of which kind, and the words."""

    name: str
    kind: str
    value: str


@dataclass(frozen=True)
class TopicLine:
    """One thing that was looked at, in words; `state` is good, mend, unknown, optional, or looking."""

    topic: str
    title: str
    state: str
    state_text: str
    words: str
    found: tuple[str, ...] = ()
    publish: Record | None = None


@dataclass(frozen=True)
class KeyLine:
    """A key; `state` is new (not seen in the DNS), ready, signing or retired."""

    id: int
    selector: str
    algorithm: str
    state: str
    record: Record
    since: datetime


@dataclass(frozen=True)
class DomainLine:
    """A domain at a glance. `id` is None for one of a mailbox that nobody has added yet."""

    id: int | None
    domain: str
    is_proven: bool
    to_mend: tuple[str, ...]
    looked_at: datetime | None
    is_looking: bool = False


@dataclass(frozen=True)
class DomainShown:
    """Everything about one domain."""

    id: int
    domain: str
    is_proven: bool
    is_looking: bool
    looked_at: datetime | None
    lines: tuple[TopicLine, ...]
    keys: tuple[KeyLine, ...]


def domains_of(*, viewer: Seer) -> list[DomainLine]:
    """The tenant's domains, and those of its mailboxes that nobody has added yet, by name."""
    rows = list(MailDomain.objects.filter(tenant_id=viewer.tenant_id).order_by("domain"))
    to_mend: dict[int, list[str]] = {}
    for finding in DomainFinding.objects.filter(domain__in=rows, state=State.MEND).order_by("pk"):
        if finding.topic != Topic.PROOF:
            to_mend.setdefault(finding.domain_id, []).append(title_of(Topic(finding.topic)))
    known = [
        DomainLine(
            row.pk, row.domain, bool(row.proven_at), tuple(to_mend.get(row.pk, ())), row.looked_at, _is_looking(row)
        )
        for row in rows
    ]
    new = _domains_of_mailboxes() - {row.domain for row in rows}
    return sorted([*known, *(DomainLine(None, one, False, (), None) for one in new)], key=lambda line: line.domain)


def _domains_of_mailboxes() -> set[str]:
    addresses = Mailbox.objects.filter(active=True).values_list("address", flat=True)
    return {folded_address(one).rpartition("@")[2] for one in addresses}


def unproven_among(addresses: Iterable[str]) -> set[str]:
    """Those addresses whose domain this tenant has not proven to be its own; a demo's are made up and none of them."""
    if current_tenant().is_demo:
        return set()
    proven = set(MailDomain.objects.filter(proven_at__isnull=False).values_list("domain", flat=True))
    return {one for one in addresses if folded_address(one).rpartition("@")[2] not in proven}


def lost_among(addresses: Iterable[str]) -> set[str]:
    """Those addresses whose domain others have proven to be theirs: nothing that is handed to us for them arrives here."""
    plates = DomainPlate.objects.values_list("domain", "tenant_id")
    others = {domain for domain, tenant_id in plates if tenant_id != current_tenant_id()}
    own = {domain for domain, tenant_id in plates if tenant_id == current_tenant_id()}
    return {one for one in addresses if folded_address(one).rpartition("@")[2] in others - own}


def broken_domains() -> dict[str, list[str]]:
    """The tenant's domains at which the last look found something to mend, with what; nobody is asked for it."""
    rows = DomainFinding.objects.filter(state=State.MEND).exclude(topic=Topic.PROOF).select_related("domain")
    found: dict[str, list[str]] = {}
    for row in rows.order_by("domain__domain", "pk"):
        found.setdefault(row.domain.domain, []).append(words_of(row.reason, row.found, row.domain.domain))
    return found


def domain_for(*, viewer: Seer, domain_id: int, proof: str, servers: tuple[str, ...] = ()) -> DomainShown:
    """One domain with all that was found. `proof` is what is to be published. Raises NoSuchDomain."""
    row = MailDomain.objects.filter(tenant_id=viewer.tenant_id, pk=domain_id).first()
    if row is None:
        raise NoSuchDomain(domain_id)
    findings = {one.topic: one for one in DomainFinding.objects.filter(domain=row)}
    return DomainShown(
        id=row.pk,
        domain=row.domain,
        is_proven=bool(row.proven_at),
        is_looking=_is_looking(row),
        looked_at=row.looked_at,
        lines=tuple(_line(topic, findings.get(topic), row, proof, servers) for topic in Topic),
        keys=tuple(_key(key, row) for key in DomainKey.objects.filter(domain=row).order_by("-pk")),
    )


def _is_looking(row: MailDomain) -> bool:
    return row.asked_at is not None and (row.looked_at is None or row.looked_at < row.asked_at)


def _line(
    topic: Topic, finding: DomainFinding | None, row: MailDomain, proof: str, servers: tuple[str, ...]
) -> TopicLine:
    is_due = row.asked_at is not None and _is_looking(row) and (finding is None or finding.looked_at < row.asked_at)
    if is_due or finding is None:
        state = "looking" if is_due else "unknown"
        words = _("We are looking …") if is_due else _("Nobody has looked yet.")
        return TopicLine(topic, title_of(topic), state, state_words(state), words)
    return TopicLine(
        topic=topic,
        title=title_of(topic),
        state=finding.state,
        state_text=state_words(finding.state),
        words=words_of(finding.reason, finding.found, row.domain),
        found=tuple(finding.found) if finding.state != State.MEND or finding.reason != "not-proven" else (),
        publish=_advised(finding, row, proof, servers),
    )


def _advised(finding: DomainFinding, row: MailDomain, proof: str, servers: tuple[str, ...]) -> Record | None:
    if finding.reason == "not-proven":
        return Record(row.domain, "TXT", f"{PROOF_NAME}={proof}")
    prefix, value = advice_of(finding.reason, row.domain, servers)
    return Record(f"{prefix}{row.domain}", "TXT", value) if value else None


def _key(key: DomainKey, row: MailDomain) -> KeyLine:
    if key.retired_at is not None:
        state, since = "retired", key.retired_at
    elif key.signs_since is not None:
        state, since = "signing", key.signs_since
    elif key.published_at is not None:
        state, since = "ready", key.published_at
    else:
        state, since = "new", key.made_at
    record = Record(f"{key.selector}._domainkey.{row.domain}", "TXT", key.record)
    return KeyLine(key.pk, key.selector, key.algorithm, state, record, since)
