"""The names of the world: a resolver with a cache, of which each caller gets a `Look` with a time of its own."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache

import dns.exception
import dns.name
import dns.nameserver
import dns.rdatatype
import dns.resolver
from django.conf import settings

from golddraht.channels.mail.asking import Answer, Look, NotKnown

SHORTEST, LONGEST = 30.0, 3_600.0
"""Seconds that an answer is remembered, whatever its time to live."""

UNANSWERED_FOR = 15.0
"""Seconds for which a name that nobody answers is not asked again: a dead server would take every mail's time."""

ONE_SERVER = 1.5
"""Seconds for one name server, so that a second one gets its turn."""

MOST_REMEMBERED = 5_000


@dataclass(frozen=True)
class Known:
    """What a name was answered, until when it holds; None for a name that nobody answers."""

    until: float
    answers: tuple[Answer, ...] | None


class Names:
    """A resolver, safe for threads. Without `servers` (addresses, with `#port` where it is not 53) the machine's own are asked."""

    def __init__(self, servers: tuple[str, ...] = ()) -> None:
        self._servers = servers
        self._kept: OrderedDict[tuple[str, str], Known] = OrderedDict()
        self._lock = threading.Lock()

    def within(self, seconds: float) -> Look:
        """A way to ask that takes no longer than this in all, however many questions come. It raises NotKnown afterwards."""
        until = time.monotonic() + seconds

        def look(name: str, kind: str) -> tuple[Answer, ...]:
            return self._answers(name.rstrip(".").lower(), kind, until)

        return look

    def _answers(self, name: str, kind: str, until: float) -> tuple[Answer, ...]:
        known = self._remembered(name, kind)
        if known is None:
            known = self._asked(name, kind, until)
        if known.answers is None:
            raise NotKnown(f"{name} {kind}")
        return known.answers

    def _asked(self, name: str, kind: str, until: float) -> Known:
        left = until - time.monotonic()
        if left <= 0:
            raise NotKnown(f"{name} {kind}: no time left")
        try:
            answers, lasting = self._ask(name, kind, left)
        except NotKnown:
            # Who had hardly any time left has learned nothing about the name.
            return self._keep(name, kind, None, UNANSWERED_FOR if left >= ONE_SERVER else 0)
        return self._keep(name, kind, answers, min(max(lasting, SHORTEST), LONGEST))

    def _ask(self, name: str, kind: str, seconds: float) -> tuple[tuple[Answer, ...], float]:
        try:
            found = self._resolver().resolve(
                dns.name.from_text(name), kind, lifetime=seconds, raise_on_no_answer=False, search=False
            )
        except dns.resolver.NXDOMAIN:
            return (), SHORTEST
        except (dns.name.LabelTooLong, dns.name.NameTooLong, dns.name.EmptyLabel, UnicodeError):
            # What no name can be is not there; “not known” would let a forger choose it.
            return (), LONGEST
        except (dns.exception.DNSException, OSError, ValueError) as failure:
            raise NotKnown(f"{name} {kind}: {failure}") from failure
        records = found.rrset if found.rrset is not None else ()
        return tuple(_answer(record, kind) for record in records), found.expiration - time.time()

    def _resolver(self) -> dns.resolver.Resolver:
        resolver = dns.resolver.Resolver(configure=not self._servers)
        if self._servers:
            resolver.nameservers = [_server(one) for one in self._servers]
        resolver.timeout = ONE_SERVER
        return resolver

    def _remembered(self, name: str, kind: str) -> Known | None:
        with self._lock:
            known = self._kept.get((name, kind))
            return known if known is not None and known.until > time.monotonic() else None

    def _keep(self, name: str, kind: str, answers: tuple[Answer, ...] | None, seconds: float) -> Known:
        entry = Known(time.monotonic() + seconds, answers)
        with self._lock:
            self._kept[name, kind] = entry
            self._kept.move_to_end((name, kind))
            while len(self._kept) > MOST_REMEMBERED:
                self._kept.popitem(last=False)
        return entry


def _server(written: str) -> dns.nameserver.Nameserver:
    address, _, port = written.partition("#")
    return dns.nameserver.Do53Nameserver(address, int(port or 53))


def _answer(record: object, kind: str) -> Answer:
    if kind == "TXT":
        return Answer(b"".join(record.strings).decode("utf-8", "replace"))  # type: ignore[attr-defined]  # A TXT record's.
    if kind == "MX":
        return Answer(record.exchange.to_text(omit_final_dot=True), record.preference)  # type: ignore[attr-defined]  # An MX record's.
    if kind in {"PTR", "CNAME", "NS"}:
        return Answer(record.target.to_text(omit_final_dot=True))  # type: ignore[attr-defined]  # A name record's.
    return Answer(str(record))


@cache
def names() -> Names:
    """The resolver of this process, with the name servers of the settings or of the machine."""
    return Names(tuple(settings.NAME_SERVERS))


def look_within(seconds: float) -> Look:
    """A way to ask the DNS of this house that takes no longer than this in all."""
    return names().within(seconds)


def look_afresh(seconds: float) -> Look:
    """The same without remembering anything from before: whoever has just published a record wants to see it."""
    return Names(tuple(settings.NAME_SERVERS)).within(seconds)
