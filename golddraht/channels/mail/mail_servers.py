"""Where the mailbox of an address is probably read and written: by its provider, what its domain publishes, or a guess."""

from __future__ import annotations

from dataclasses import dataclass

from golddraht.ground.addresses import folded_address

from .asking import Look, NotKnown


@dataclass(frozen=True)
class Place:
    """A server, and how it is spoken to; `security` is TLS, STARTTLS or NONE."""

    host: str
    port: int
    security: str


@dataclass(frozen=True)
class Proposal:
    """`provider` is one of PROVIDERS, or "" for one we do not know; `found_by` says how: domain, mx, srv or guess.

    With `oauth` (MICROSOFT, GOOGLE) no password is taken there. `user` is what one signs in with.
    """

    provider: str
    imap: Place
    smtp: Place
    user: str
    found_by: str
    oauth: str = ""


@dataclass(frozen=True)
class Known:
    """A provider: its servers, the domains of its own addresses, and by whose MX it is known at other domains."""

    imap: Place
    smtp: Place
    domains: tuple[str, ...] = ()
    exchanges: tuple[str, ...] = ()
    oauth: str = ""


def _tls(imap: str, smtp: str, *, smtp_port: int = 465) -> tuple[Place, Place]:
    return Place(imap, 993, "TLS"), Place(smtp, smtp_port, "TLS" if smtp_port == 465 else "STARTTLS")


PROVIDERS = {
    "microsoft": Known(
        *_tls("outlook.office365.com", "smtp.office365.com", smtp_port=587),
        domains=("outlook.com", "outlook.de", "hotmail.com", "hotmail.de", "live.com", "live.de", "msn.com"),
        exchanges=(".mail.protection.outlook.com", ".mx.microsoft", ".olc.protection.outlook.com"),
        oauth="MICROSOFT",
    ),
    "google": Known(
        *_tls("imap.gmail.com", "smtp.gmail.com"),
        domains=("gmail.com", "googlemail.com"),
        exchanges=(".google.com", ".googlemail.com"),
        oauth="GOOGLE",
    ),
    "gmx": Known(
        *_tls("imap.gmx.net", "mail.gmx.net"),
        domains=("gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.com", "gmx.eu", "gmx.org"),
        exchanges=(".gmx.net",),
    ),
    "webde": Known(*_tls("imap.web.de", "smtp.web.de"), domains=("web.de", "email.de"), exchanges=(".web.de",)),
    "tonline": Known(
        *_tls("secureimap.t-online.de", "securesmtp.t-online.de"),
        domains=("t-online.de", "magenta.de"),
        exchanges=(".t-online.de",),
    ),
    "ionos": Known(
        *_tls("imap.ionos.de", "smtp.ionos.de"),
        domains=("online.de", "onlinehome.de", "sofort-start.de"),
        exchanges=(".ionos.de", ".kundenserver.de", ".1and1.com", ".ionos.com"),
    ),
    "strato": Known(*_tls("imap.strato.de", "smtp.strato.de"), exchanges=(".rzone.de",)),
    "mailboxorg": Known(
        *_tls("imap.mailbox.org", "smtp.mailbox.org"), domains=("mailbox.org",), exchanges=(".mailbox.org",)
    ),
    "posteo": Known(*_tls("posteo.de", "posteo.de"), domains=("posteo.de", "posteo.net", "posteo.at", "posteo.ch")),
    "freenet": Known(*_tls("mx.freenet.de", "mx.freenet.de"), domains=("freenet.de",), exchanges=(".freenet.de",)),
    "icloud": Known(
        *_tls("imap.mail.me.com", "smtp.mail.me.com", smtp_port=587),
        domains=("icloud.com", "me.com", "mac.com"),
        exchanges=(".icloud.com",),
    ),
    "yahoo": Known(
        *_tls("imap.mail.yahoo.com", "smtp.mail.yahoo.com"),
        domains=("yahoo.com", "yahoo.de", "ymail.com"),
        exchanges=(".yahoodns.net",),
    ),
    "hostpoint": Known(*_tls("imap.mail.hostpoint.ch", "asmtp.mail.hostpoint.ch"), exchanges=(".hostpoint.ch",)),
    "a1": Known(*_tls("securemail.a1.net", "securemail.a1.net"), domains=("a1.net", "aon.at"), exchanges=(".a1.net",)),
}
NAMED_BY_THEIR_EXCHANGE = {"allinkl": ".kasserver.com", "hetzner": ".your-server.de", "hosteurope": ".mailhosting.de"}
"""Providers at which every customer has a server of their own, which is the one that takes the mail."""


def proposal_for(address: str, look: Look) -> Proposal:
    """The best that is known. Asks the DNS at most a few questions, and takes no answer for “not there”."""
    folded = folded_address(address)
    domain = folded.rpartition("@")[2]
    for key, known in PROVIDERS.items():
        if domain in known.domains:
            return _of(key, folded, "domain")
    exchanges = _exchanges(domain, look)
    for key, known in PROVIDERS.items():
        if any(one.endswith(end) or one == end[1:] for one in exchanges for end in known.exchanges):
            return _of(key, folded, "mx")
    for key, end in NAMED_BY_THEIR_EXCHANGE.items():
        if own := next((one for one in exchanges if one.endswith(end)), None):
            return Proposal(key, *_tls(own, own), folded, "mx")
    return _published(folded, domain, look) or Proposal("", *_tls(f"imap.{domain}", f"smtp.{domain}"), folded, "guess")


def _of(key: str, address: str, found_by: str) -> Proposal:
    known = PROVIDERS[key]
    return Proposal(key, known.imap, known.smtp, address, found_by, known.oauth)


def _exchanges(domain: str, look: Look) -> list[str]:
    try:
        answers = look(domain, "MX")
    except NotKnown:
        return []
    return [one.text.lower().rstrip(".") for one in sorted(answers, key=lambda one: one.preference)]


def _published(address: str, domain: str, look: Look) -> Proposal | None:
    """What the domain says of itself (RFC 6186 §3; RFC 8314 §5.1 for submissions)."""
    imap = _service(f"_imaps._tcp.{domain}", "TLS", look) or _service(f"_imap._tcp.{domain}", "STARTTLS", look)
    smtp = _service(f"_submissions._tcp.{domain}", "TLS", look) or _service(
        f"_submission._tcp.{domain}", "STARTTLS", look
    )
    return Proposal("", imap, smtp, address, "srv") if imap and smtp else None


def _service(name: str, security: str, look: Look) -> Place | None:
    """The first choice among the SRV records (RFC 2782): `priority weight port target`; a lone dot says “not here”."""
    try:
        written = [one.text.split() for one in look(name, "SRV")]
    except NotKnown:
        return None
    rows = [row for row in written if len(row) == 4 and all(part.isdecimal() for part in row[:3])]
    for _priority, _weight, port, target in sorted(rows, key=lambda row: (int(row[0]), -int(row[1]))):
        host = target.rstrip(".").lower()
        if host and 0 < int(port) < 65536:
            return Place(host, int(port), security)
    return None
