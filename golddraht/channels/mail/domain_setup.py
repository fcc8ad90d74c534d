"""Is a domain set up so that its mail arrives and is believed? One question after the other, each with what was found."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from .asking import Look, NotKnown, tags, texts
from .proving import Client, allowed_by, dmarc_records, dmarc_rule

MOST_LOOKUPS = 10
"""More look-ups than this and receivers ignore an SPF record (RFC 7208 §4.6.4)."""

USUAL_SELECTORS = (
    *("google", "selector1", "selector2", "default", "dkim", "mail", "k1", "k2", "s1", "s2", "key1", "fm1"),
    *("s1-ionos", "s2-ionos", "strato-dkim-0002", "hetzner", "mailbox1", "MBO0001", "mxvault", "smtp"),
)
PROOF_NAME = "golddraht-domain"
LOOKED_UP = {"include", "a", "mx", "ptr", "exists", "redirect"}
TERM = re.compile(r"^[+~?-]?([a-z0-9]+)(?:[:=]([^/]*))?(?:/.*)?$", re.IGNORECASE)


class Topic(StrEnum):
    """What is looked at, in the order in which it is shown."""

    PROOF = "proof"
    MX = "mx"
    SPF = "spf"
    DKIM = "dkim"
    DMARC = "dmarc"
    PTR = "ptr"
    STS = "mta-sts"
    TLS_REPORTS = "tls-rpt"
    DANE = "dane"


class State(StrEnum):
    GOOD = "good"
    MEND = "mend"
    UNKNOWN = "unknown"
    OPTIONAL = "optional"


@dataclass(frozen=True)
class Published:
    """A key of ours and the record that should be found."""

    selector: str
    record: str


@dataclass(frozen=True)
class Setup:
    """A domain, what we expect to find there, and the servers by which its mail leaves."""

    domain: str
    proof: str
    keys: tuple[Published, ...] = ()
    sends_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """How one thing is: a state, a reason to put into words, and what was found."""

    topic: Topic
    state: State
    reason: str
    found: tuple[str, ...] = ()


def finding_of(topic: Topic, setup: Setup, look: Look) -> Finding:
    """The finding about one topic; what nobody answers is unknown. Never raises."""
    try:
        return CHECKS[topic](setup, look)
    except NotKnown:
        return Finding(topic, State.UNKNOWN, "no-answer")


def is_published(domain: str, key: Published, look: Look) -> bool:
    """Whether the world finds our key. Raises NotKnown."""
    wanted = tags(key.record).get("p")
    found = texts(look, f"{key.selector}._domainkey.{domain}")
    return any(re.sub(r"\s", "", tags(one).get("p", "")) == wanted for one in found)


def _proof(setup: Setup, look: Look) -> Finding:
    wanted = f"{PROOF_NAME}={setup.proof}"
    if wanted in [one.strip().strip('"') for one in texts(look, setup.domain)]:
        return Finding(Topic.PROOF, State.GOOD, "proven")
    return Finding(Topic.PROOF, State.MEND, "not-proven", (wanted,))


def _mx(setup: Setup, look: Look) -> Finding:
    answers = sorted(look(setup.domain, "MX"), key=lambda one: one.preference)
    hosts = tuple(one.text for one in answers)
    if not hosts:
        return Finding(Topic.MX, State.MEND, "mx-none")
    if hosts in {(".",), ("",)}:
        return Finding(Topic.MX, State.MEND, "mx-refuses")
    return Finding(Topic.MX, State.GOOD, "mx-found", hosts)


# SPF


def _spf(setup: Setup, look: Look) -> Finding:
    records = spf_records(setup.domain, look)
    if not records:
        return Finding(Topic.SPF, State.MEND, "spf-none")
    if len(records) > 1:
        return Finding(Topic.SPF, State.MEND, "spf-several", tuple(records))
    [record] = records
    count = spf_lookups(record, setup.domain, look)
    if count > MOST_LOOKUPS:
        return Finding(Topic.SPF, State.MEND, "spf-too-many", (record, str(count)))
    if re.search(r"(?:^|\s)\+?all(?:\s|$)", record, re.IGNORECASE):
        return Finding(Topic.SPF, State.MEND, "spf-open", (record,))
    return _our_server(setup, record, count, look)


def _our_server(setup: Setup, record: str, count: int, look: Look) -> Finding:
    """Whether the servers that we hand mail to may send; the address they send from can be another one."""
    said = {host: _may_send(host, setup.domain, look) for host in setup.sends_by}
    if "permerror" in said.values():
        return Finding(Topic.SPF, State.MEND, "spf-broken", (record,))
    left_out = [host for host, word in said.items() if word != "pass"]
    if left_out:
        return Finding(Topic.SPF, State.UNKNOWN, "spf-without-us", (record, left_out[0]))
    return Finding(Topic.SPF, State.GOOD, "spf-good" if said else "spf-found", (record, str(count)))


def _may_send(host: str, domain: str, look: Look) -> str:
    addresses = [one.text for kind in ("A", "AAAA") for one in look(host, kind)]
    words = [allowed_by(Client(address, host, f"postmaster@{domain}"), look)[0] for address in addresses[:4]]
    return next((word for word in ("permerror", "pass") if word in words), "neutral")


def spf_records(domain: str, look: Look) -> list[str]:
    """The SPF records of a domain; there should be one. Raises NotKnown."""
    return [one for one in texts(look, domain) if re.match(r"v=spf1(\s|$)", one, re.IGNORECASE)]


def spf_lookups(record: str, domain: str, look: Look, seen: frozenset[str] = frozenset()) -> int:
    """How many look-ups a receiver needs for the record and all it includes; it is not counted on far behind the limit."""
    count = 0
    for term in record.split()[1:]:
        found = TERM.match(term)
        kind, target = (found.group(1).lower(), (found.group(2) or "").lower()) if found else ("", "")
        count += kind in LOOKED_UP
        if kind in {"include", "redirect"} and target not in seen and "%" not in target and count <= MOST_LOOKUPS:
            count += sum(
                spf_lookups(one, target, look, seen | {domain, target}) for one in spf_records(target, look)[:1]
            )
    return count


# DKIM and DMARC


def _dkim(setup: Setup, look: Look) -> Finding:
    missing = [key for key in setup.keys if not is_published(setup.domain, key, look)]
    if missing:
        return Finding(Topic.DKIM, State.MEND, "dkim-unpublished", tuple(key.selector for key in missing))
    if setup.keys:
        return Finding(Topic.DKIM, State.GOOD, "dkim-ours", tuple(key.selector for key in setup.keys))
    found = tuple(one for one in USUAL_SELECTORS if _has_key(one, setup.domain, look))
    if found:
        return Finding(Topic.DKIM, State.GOOD, "dkim-elsewhere", found)
    return Finding(Topic.DKIM, State.UNKNOWN, "dkim-not-found")


def _has_key(selector: str, domain: str, look: Look) -> bool:
    return any(tags(one).get("p") for one in texts(look, f"{selector}._domainkey.{domain}"))


def _dmarc(setup: Setup, look: Look) -> Finding:
    records = dmarc_records(setup.domain, look)
    if len(records) > 1:
        return Finding(Topic.DMARC, State.MEND, "dmarc-several", tuple(records))
    rule = dmarc_rule(setup.domain, look)
    if rule is None:
        return Finding(Topic.DMARC, State.MEND, "dmarc-broken" if records else "dmarc-none", tuple(records))
    told = ("; ".join(f"{name}={value}" for name, value in rule.items()),)
    policy = rule["p"].lower()
    if policy not in {"none", "quarantine", "reject"}:
        return Finding(Topic.DMARC, State.MEND, "dmarc-broken", told)
    if policy == "none":
        return Finding(Topic.DMARC, State.OPTIONAL, "dmarc-watches", told)
    return Finding(Topic.DMARC, State.GOOD, "dmarc-good" if rule.get("rua") else "dmarc-no-reports", told)


# The way of the mail itself


def _ptr(setup: Setup, look: Look) -> Finding:
    """Whether the servers we hand mail to have a name that leads back to them: many receivers ask for it."""
    if not setup.sends_by:
        return Finding(Topic.PTR, State.OPTIONAL, "ptr-no-server")
    nameless = [host for host in setup.sends_by if not _is_named(host, look)]
    if nameless:
        return Finding(Topic.PTR, State.UNKNOWN, "ptr-missing", tuple(nameless))
    return Finding(Topic.PTR, State.GOOD, "ptr-good", setup.sends_by)


def _is_named(host: str, look: Look) -> bool:
    for address in look(host, "A")[:4]:
        backwards = ".".join(reversed(address.text.split("."))) + ".in-addr.arpa"
        for name in look(backwards, "PTR")[:4]:
            if address in look(name.text, "A"):
                return True
    return False


def _published_at(topic: Topic, prefix: str, start: str) -> Callable[[Setup, Look], Finding]:
    def check(setup: Setup, look: Look) -> Finding:
        found = tuple(one for one in texts(look, f"{prefix}.{setup.domain}") if one.lower().startswith(start))
        if found:
            return Finding(topic, State.GOOD, f"{topic}-found", found)
        return Finding(topic, State.OPTIONAL, f"{topic}-none")

    return check


def _dane(setup: Setup, look: Look) -> Finding:
    hosts = [one.text for one in sorted(look(setup.domain, "MX"), key=lambda one: one.preference)]
    found = tuple(host for host in hosts[:4] if host.strip(".") and look(f"_25._tcp.{host}", "TLSA"))
    return Finding(Topic.DANE, State.GOOD if found else State.OPTIONAL, "dane-found" if found else "dane-none", found)


CHECKS: dict[Topic, Callable[[Setup, Look], Finding]] = {
    Topic.PROOF: _proof,
    Topic.MX: _mx,
    Topic.SPF: _spf,
    Topic.DKIM: _dkim,
    Topic.DMARC: _dmarc,
    Topic.PTR: _ptr,
    Topic.STS: _published_at(Topic.STS, "_mta-sts", "v=stsv1"),
    Topic.TLS_REPORTS: _published_at(Topic.TLS_REPORTS, "_smtp._tls", "v=tlsrptv1"),
    Topic.DANE: _dane,
}
