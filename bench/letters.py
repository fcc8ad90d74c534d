"""German mails as customers write them: always the same ones for the same numbers."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils import timezone

SERVICE = "service@werkbank.example"
BERLIN = ZoneInfo("Europe/Berlin")
RETURNING = 0.3
"""The share of mails by somebody who has written before, about something else."""
FIRST = [
    "Anna",
    "Björn",
    "Clara",
    "Dieter",
    "Elif",
    "Ferdinand",
    "Gülay",
    "Hans-Jürgen",
    "Ines",
    "Jörg",
    "Käthe",
    "Lars",
    "Mira",
    "Nils",
    "Oma",
    "Paul",
]
LAST = [
    "Müller",
    "Größl",
    "Yılmaz",
    "Nowak",
    "Schäfer",
    "Weiß",
    "Petrović",
    "Lindqvist",
    "O'Brien",
    "Schulze-Ahlers",
    "Dvořák",
    "Kern",
    "Öztürk",
]
THINGS = [
    "Waschmaschine", "Kaminofen", "Pelletheizung", "Geschirrspüler", "Wäschetrockner", "Espressomaschine", "E-Herd",
    "Kühlschrank", "Umwälzpumpe", "Gartenofen", "Holzbriketts", "Mikrowelle",
]  # fmt: skip
WORDS = [
    "Guten Tag,\n\nmeine {thing} ({order}) pumpt nicht mehr ab. Was kann ich tun?\n\nMit freundlichen Grüßen\n{name}",
    "Hallo,\n\nwann kommt meine {thing}? Bestellt habe ich am 3., Auftrag {order}.\n\nLG {name}",
    "Sehr geehrte Damen und Herren,\n\nauf der Rechnung zu {order} stehen zwei Stunden Arbeit für die {thing}, es war aber "
    "nur eine. Können Sie das bitte prüfen und mir eine neue Rechnung schicken?\n\nHochachtungsvoll\n{name}",
    "grüß gott, die {thing} ist angekommen aber die tür ist verkratzt!! foto hängt dran. tauschen sie die um?\n{name}",
    "Hallo liebes Team,\n\nseit gestern zeigt die {thing} den Fehler F05 und es riecht etwas verbrannt. Darf ich sie noch "
    "einschalten? Ich habe zwei kleine Kinder und brauche sie jeden Tag.\n\nViele Grüße\n{name}\n\n-- \n{name}\n"
    "Gartenweg 7, 86150 Augsburg\nTel. 0821 555 0137",
    "Moin,\n\nich möchte {order} widerrufen. Wie schicke ich die {thing} zurück, und wer zahlt das?\n\n{name}",
    "Guten Morgen,\n\nder Fahrer hat die {thing} an der Bordsteinkante stehen lassen. Vereinbart war die Lieferung bis in den "
    "Keller ({order}). Ich bin allein und kann das nicht tragen. Bitte rufen Sie mich an!\n\n{name}",
    "Hallo, gibt es für die {thing} noch Ersatzteile? Die Dichtung ist porös. Danke im Voraus!\n\n"
    "Von meinem iPhone gesendet",
]
QUOTED = "\n\nAm 12.11.2026 um 09:14 schrieb Werkbank <service@werkbank.example>:\n> Vielen Dank für Ihre Bestellung.\n> Ihr Team\n"


class Letter(NamedTuple):
    """A mail ready to be handed over."""

    mail_id: str
    sender: str
    content: bytes


def letter(number: int) -> Letter:
    """The mail of that number."""
    chance = Random(number)
    writer = chance.randrange(number) if number > 20 and chance.random() < RETURNING else number
    name, address = writer_of(writer)
    thing, order = chance.choice(THINGS), f"88-{chance.randrange(1000, 9999)}"
    mail = EmailMessage()
    mail["From"], mail["To"] = formataddr((name, address)), SERVICE
    mail["Subject"] = f"{thing}: {chance.choice(['Frage', 'Bitte um Hilfe', 'kaputt?', 'Auftrag'])} {order}/{number}"
    mail["Date"] = format_datetime(timezone.now().astimezone(BERLIN))
    mail["Message-ID"] = f"<{number}.bench@post.example>"
    text = chance.choice(WORDS).format(thing=thing, order=order, name=name)
    dress(mail, text + (QUOTED if chance.random() < 0.2 else ""), chance)
    return Letter(f"{number}.bench@post.example", address, mail.as_bytes())


def writer_of(number: int) -> tuple[str, str]:
    name = f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]}"
    return name, f"kundin.{number}@post{number % 7}.example"


def dress(mail: EmailMessage, text: str, chance: Random) -> None:
    """As different mail programs send it: plain, old charset, with a layout, with a picture."""
    kind = chance.random()
    if kind < 0.2 and text.isascii():
        mail.set_content(text, charset="us-ascii")
    elif kind < 0.4:
        old = text.encode("windows-1252", "replace").decode("windows-1252")
        mail.set_content(old, charset="windows-1252", cte="quoted-printable")
    else:
        mail.set_content(text)
    if kind > 0.6:
        paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
        mail.add_alternative(f"<html><body><div>{paragraphs}</div></body></html>", subtype="html")
    if kind > 0.9:
        mail.add_attachment(chance.randbytes(40_000), maintype="image", subtype="jpeg", filename="IMG_2041.jpg")
