"""A world of names for tests: what the DNS says, without any DNS."""

from __future__ import annotations

from collections.abc import Callable

from golddraht.channels.mail.asking import Answer, Look, NotKnown
from golddraht.channels.mail.signing import Algorithm, NewKey, SealKey, new_key

RULE = "v=DMARC1; p=reject; rua=mailto:dmarc@kundin.example"
PUBLIC = "8.8.8.8"
"""An address that the world can reach, as SPF needs one; nobody connects to it."""


class World:
    """Records by name and kind; names in `silent` are answered by nobody. `asked` counts the questions."""

    def __init__(self, records: dict[tuple[str, str], list[str]], *, silent: tuple[str, ...] = ()) -> None:
        self.records, self.silent, self.asked = records, silent, 0

    def look(self, name: str, kind: str) -> tuple[Answer, ...]:
        self.asked += 1
        if "*" in self.silent or name in self.silent:
            raise NotKnown(name)
        return tuple(self._answer(text, kind) for text in self.records.get((name, kind), []))

    def _answer(self, text: str, kind: str) -> Answer:
        if kind != "MX":
            return Answer(text)
        preference, _, host = text.partition(" ")
        return Answer(host, int(preference))

    @property
    def within(self) -> Callable[[float], Look]:
        return lambda seconds: self.look


_made: dict[Algorithm, NewKey] = {}


def kundin_key(algorithm: Algorithm = Algorithm.RSA) -> tuple[SealKey, str]:
    """A key of kundin.example and its record; made once, for RSA takes a moment."""
    pair = _made.setdefault(algorithm, new_key(algorithm))
    return SealKey("kundin.example", "s1", algorithm, pair.private), pair.record


def kundin_world(algorithm: Algorithm = Algorithm.RSA, *, silent: tuple[str, ...] = ()) -> World:
    """kundin.example publishes a key, allows one server, and asks that everything else be refused."""
    return World(
        {
            ("s1._domainkey.kundin.example", "TXT"): [kundin_key(algorithm)[1]],
            ("_dmarc.kundin.example", "TXT"): [RULE],
            ("kundin.example", "TXT"): [f"v=spf1 ip4:{PUBLIC} -all"],
        },
        silent=silent,
    )
