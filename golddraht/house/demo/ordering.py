"""What the shops and carriers of the demo companies say of orders, deliveries and visits."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile

from golddraht.commerce.operations import state, tie
from golddraht.commerce.rules import FIELDS, Thing
from golddraht.commerce.rules.things import Form
from golddraht.conversations.models import Conversation
from golddraht.house.demo.moments import moment
from golddraht.house.demo.settling import settle
from golddraht.imports.models import Import
from golddraht.imports.operations import keep_file, open_source, take_over, work_on
from golddraht.imports.operations.judging import Seen
from golddraht.promises.models import Promise
from golddraht.team.queries import default_team

SCRIPTS = Path(__file__).parent
FILE = "lieferungen.csv"
DAY = re.compile(r"\{([^}]+)\}")
SCRIPTED = re.compile(r"[-+]?\d+ \d\d:\d\d|[-+]\d+min")


def tell_of_orders(slug: str, *, at: datetime) -> int:
    """Say what the company's sources know, each word at its moment. Gives how much it was; said again it changes nothing."""
    sayings = sayings_of(slug, at=at)
    for one in sayings:
        stated = state(thing=one.thing, source=one.source, row=one.row | {"said_at": one.when}, at=one.when)
        if one.about and stated.id is not None:
            _tie(one.about, stated.id, at=one.when)
    for conversation_id in _spoken_in():
        settle(conversation_id=conversation_id, at=at)
    return len(sayings)


def bring_a_file(slug: str, *, at: datetime) -> Import | None:
    """Take over the file of a carrier, with two rows in it to mend. None where the company has none, or has it already."""
    path = SCRIPTS / slug / "handel" / FILE
    if not path.exists() or Import.objects.filter(file_name=FILE).exists():
        return None
    text = DAY.sub(lambda found: _day(found[1], at=at), path.read_text(encoding="utf-8"))
    source = open_source(name="Spedition Rauch", kind="import", at=at)
    content = ContentFile(text.encode("cp1252"))
    file = keep_file(source_id=source.pk, file=content, file_name=FILE, by=None, at=at, about="delivery", at_hand=True)
    take_over(import_id=file.pk, at=at, at_hand=True)
    seen = Seen()
    while work_on(import_id=file.pk, at=at, seen=seen):
        pass
    return file


def _day(script: str, *, at: datetime) -> str:
    """A day or a moment of the script, as people in a dispatch office write it."""
    days, _, hour = script.partition(" ")
    local = moment(f"{days} {hour or '12:00'}", at=at).astimezone(ZoneInfo(default_team().zone))
    return local.strftime("%d.%m.%Y %H:%M" if hour else "%d.%m.%Y")


@dataclass(frozen=True)
class Saying:
    """A row of a source, and when it says so."""

    thing: Thing
    source: str
    row: dict[str, Any]
    when: datetime
    about: str = ""


def sayings_of(slug: str, *, at: datetime) -> list[Saying]:
    """What the sources of a company say, in the order in which they do."""
    path = SCRIPTS / slug / "handel" / "bestellungen.toml"
    if not path.exists():
        return []
    found = [_saying(script, at=at) for script in tomllib.loads(path.read_text(encoding="utf-8"))["said"]]
    return sorted(found, key=lambda one: one.when)


def _saying(script: dict[str, Any], *, at: datetime) -> Saying:
    thing = Thing(script["thing"])
    row = {name: _value(thing, name, value, at=at) for name, value in script["row"].items()}
    return Saying(thing, script.get("source", "shop"), row, moment(script["when"], at=at), script.get("about", ""))


def _tie(subject: str, order_id: int, *, at: datetime) -> None:
    """A colleague has said that the concern of this subject is about the order."""
    concern = Conversation.objects.filter(subject=subject, owner__isnull=False).first()
    if concern is not None and concern.owner_id is not None:
        tie(conversation_id=concern.pk, order_id=order_id, by=concern.owner_id, at=at)


def _value(thing: Thing, name: str, value: Any, *, at: datetime) -> Any:
    is_moment = FIELDS[thing].get(name) is Form.MOMENT and SCRIPTED.fullmatch(str(value))
    return moment(value, at=at) if is_moment else value


def _spoken_in() -> list[int]:
    """The concerns in which a customer was told of another date."""
    told = Promise.objects.exclude(outside="").exclude(conversation=None).values_list("conversation_id", flat=True)
    return list(Conversation.objects.filter(pk__in=set(told)).values_list("pk", flat=True))
