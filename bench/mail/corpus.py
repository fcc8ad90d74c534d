"""German mail as a service team gets it: the same mails for the same numbers, and which of them belong together.

The first mails are earlier concerns that every program reads before the clock runs. Later ones may answer them by what the
program itself gave them: an address, or a mark in the subject. Where that goes stands `@@to-3@@` and `@@subject-3@@`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from random import Random
from zoneinfo import ZoneInfo

from bench.letters import SERVICE, THINGS, WORDS, dress, writer_of

SEED = 20261116
BEGINS = datetime(2026, 11, 16, 8, 0, tzinfo=ZoneInfo("Europe/Berlin"))
EVERY = timedelta(seconds=12)
PDF = 0.12
NEW, BY_TOKEN, BY_REFERENCES, BY_SUBJECT, AUTOMATIC = "new", "token", "references", "subject", "automatic"
SHARES = {NEW: 0.55, BY_TOKEN: 0.15, BY_REFERENCES: 0.17, BY_SUBJECT: 0.08, AUTOMATIC: 0.05}
AWAY = (
    "Vielen Dank für Ihre Nachricht. Ich bin bis zum 27. November nicht im Haus und lese danach Ihre E-Mail.\n\n{name}"
)
MORE = [
    "Guten Tag,\n\nvielen Dank, aber das hat leider nicht geholfen. Die {thing} geht immer noch nicht. Was nun?\n\n{name}",
    "Hallo,\n\nhier noch die Seriennummer: SN-{order}. Wann kann der Techniker kommen?\n\nViele Grüße\n{name}",
    "Danke!! Passt es auch am Donnerstag ab 14 Uhr? Vorher bin ich nicht zu Hause.\n\n{name}",
    "Sehr geehrte Damen und Herren,\n\nich warte noch immer auf die Gutschrift zu {order}. Bitte kümmern Sie sich darum.\n\n{name}",
]


@dataclass
class Thread:
    """A concern of one customer, and the ids of its mails so far."""

    writer: int
    subject: str
    text: str
    ids: list[str] = field(default_factory=list)


@dataclass
class Corpus:
    """`earlier` mails, then `mails`; `threads` is how many concerns there are when each mail lands where it belongs."""

    earlier: list[bytes] = field(default_factory=list)
    mails: list[bytes] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return sum(len(mail) for mail in self.mails)


def corpus(count: int, *, earlier: int) -> Corpus:
    """`earlier` concerns and `count` mails after them; always the same ones."""
    made = Corpus()
    for number in range(earlier + count):
        chance = Random(SEED + number)
        kind = NEW if number < earlier else chance.choices(list(SHARES), list(SHARES.values()))[0]
        mail = _opening(made, number, chance) if kind == NEW else _answer(made, number, kind, chance, earlier)
        (made.earlier if number < earlier else made.mails).append(mail)
        if number >= earlier:
            made.kinds[kind] = made.kinds.get(kind, 0) + 1
    return made


def _opening(made: Corpus, number: int, chance: Random) -> bytes:
    writer = chance.randrange(number) if number > 20 and chance.random() < 0.2 else number
    thing, order = chance.choice(THINGS), f"88-{chance.randrange(1000, 9999)}"
    subject = f"{thing}: {chance.choice(['Frage', 'Bitte um Hilfe', 'kaputt?', 'Auftrag'])} {order}/{number}"
    text = chance.choice(WORDS).format(thing=thing, order=order, name=writer_of(writer)[0])
    thread = Thread(writer, subject, text)
    made.threads.append(thread)
    return _written(thread, number, subject, text, chance)


def _answer(made: Corpus, number: int, kind: str, chance: Random, earlier: int) -> bytes:
    place = chance.randrange(earlier) if kind in {BY_TOKEN, AUTOMATIC} else chance.randrange(len(made.threads))
    thread, name = made.threads[place], writer_of(made.threads[place].writer)[0]
    words = AWAY if kind == AUTOMATIC else chance.choice(MORE)
    text = words.format(thing=chance.choice(THINGS), order=f"88-{chance.randrange(1000, 9999)}", name=name)
    if kind != AUTOMATIC and chance.random() < 0.7:
        quoted = "".join(f"> {line}\n" for line in thread.text.splitlines())
        text += f"\n\nAm 16.11.2026 um 09:14 schrieb Werkbank <{SERVICE}>:\n{quoted}"
    subject = {
        BY_TOKEN: f"AW: @@subject-{place}@@ {thread.subject}",
        AUTOMATIC: f"Automatische Antwort: {thread.subject}",
    }
    more = {BY_TOKEN: {"To": f"@@to-{place}@@"}, AUTOMATIC: {"Auto-Submitted": "auto-replied"}}.get(kind, {})
    if kind in {BY_REFERENCES, AUTOMATIC}:
        more |= {"In-Reply-To": thread.ids[-1], "References": " ".join(thread.ids[-8:])}
    return _written(thread, number, subject.get(kind, f"AW: {thread.subject}"), text, chance, **more)


def _written(thread: Thread, number: int, subject: str, text: str, chance: Random, **more: str) -> bytes:
    mail, headers = EmailMessage(), dict(more)
    mail["From"], mail["To"] = formataddr(writer_of(thread.writer)), headers.pop("To", SERVICE)
    mail["Subject"], mail["Date"] = subject, format_datetime(BEGINS + EVERY * number)
    mail_id = f"<{number}.{SEED}@post{thread.writer % 7}.example>"
    mail["Message-ID"] = mail_id
    for name, value in headers.items():
        mail[name] = value
    if "Auto-Submitted" in headers:
        mail.set_content(text)
    else:
        dress(mail, text, chance)
        if chance.random() < PDF:
            pdf = b"%PDF-1.4\n" + chance.randbytes(20_000)
            mail.add_attachment(pdf, maintype="application", subtype="pdf", filename="Rechnung März.pdf")
    thread.ids.append(mail_id)
    for place, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"=_{number}_{place}")
    return mail.as_bytes()
