"""From evidence to verdict: what DKIM, SPF and DMARC together say about the From that people see (RFC 7489 §3)."""

from __future__ import annotations

from golddraht.ground.addresses import folded_address

from .addresses import addresses
from .asking import Look
from .headers import Headers
from .home_domain import is_aligned
from .mail import Address
from .proving import Client, looked_up
from .trusted_results import connecting_client, header_block, trusted_evidence
from .verdict import Checked, Evidence, Reason, Result, Verdict


def shown_sender(headers: Headers) -> Address | None:
    """Whom people see as the sender."""
    return next(iter(addresses(headers.raws("from"))), None)


def sender_domain(headers: Headers) -> str:
    """The folded domain of whom people see as the sender; "" without one."""
    sender = shown_sender(headers)
    return folded_address((sender and sender.address) or "").rpartition("@")[2]


def verdict_on(content: bytes, *, server: str, client: Client, look: Look) -> Verdict:
    """Whether a mail comes from whom it says: as the trusted `server` found, else as can be looked up. Never raises.

    `client` is who handed the mail to us, if it came by our own door; what the trusted server noted of it counts more.
    """
    headers = Headers(header_block(content))
    domain, told = sender_domain(headers), trusted_evidence(headers, server)
    if told is None:
        known = connecting_client(headers, server) if server else None
        envelope_sender = client.sender or (headers.raw("return-path") or "").strip("<> ")
        seen = Client(*known, envelope_sender) if known else Client(client.address, client.greeting, envelope_sender)
        told = looked_up(content, domain=domain, client=seen, look=look)
    return judged(domain, told)


def is_known_to_fail(content: bytes, *, server: str) -> bool:
    """Whether the trusted server has said already that the mail does not come from whom it says. Asks nobody."""
    if not server:
        return False
    headers = Headers(header_block(content))
    told = trusted_evidence(headers, server)
    return told is not None and judged(sender_domain(headers), told).result is Result.FAIL


def judged(domain: str, evidence: Evidence) -> Verdict:
    """The verdict on a mail that says it comes from `domain`; an empty one is a mail without a sender."""
    result, reason = _weighed(domain, evidence)
    return Verdict(
        result=result,
        reason=reason,
        domain=domain,
        dkim=_best(evidence.dkim),
        spf=evidence.spf.word,
        dmarc=evidence.dmarc.word,
        told_by=evidence.told_by,
    )


def _weighed(domain: str, evidence: Evidence) -> tuple[Result, Reason]:
    if not domain:
        return Result.NONE, Reason.NO_SENDER
    if evidence.dmarc.is_pass or _speaks_for(domain, evidence):
        return Result.PASS, Reason.PROVEN
    if evidence.dmarc.word == "fail":
        return Result.FAIL, Reason.NOT_PROVEN
    own = [one for one in (evidence.spf, *evidence.dkim) if is_aligned(domain, one.domain)]
    if any(one.is_unknown for one in (evidence.dmarc, *own)):
        return Result.UNKNOWN, Reason.NO_ANSWER
    if evidence.spf.word == "fail" and evidence.spf in own:
        return Result.FAIL, Reason.SERVER_NOT_ALLOWED
    # A list or a forwarder changes mails and sends them on; what then does not match is no forgery (RFC 6376 §6.1).
    if any(one.word == "fail" for one in own):
        return Result.NONE, Reason.BROKEN_SEAL
    return Result.NONE, Reason.NO_PROOF


def _speaks_for(domain: str, evidence: Evidence) -> bool:
    """Without a DMARC rule of the domain: a seal or an allowed server of its own is proof all the same."""
    if evidence.dmarc.word == "fail":
        return False
    return any(one.is_pass and is_aligned(domain, one.domain) for one in (evidence.spf, *evidence.dkim))


def _best(checked: tuple[Checked, ...]) -> str:
    order = ["pass", "fail", "temperror", "permerror", "policy", "neutral", "none"]
    words = [one.word for one in checked if one.word in order]
    return min(words, key=order.index, default="none")
