"""See and correct what we know: each value with its source; a correction is one more thing that was said, by themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from golddraht.customers.operations import Said, learn, wish_only
from golddraht.customers.queries import contact_points_of
from golddraht.customers.queries.belonging import belongings_of
from golddraht.customers.queries.record import record_of
from golddraht.customers.rules import Source
from golddraht.customers.rules.attributes import Attribute, Wish
from golddraht.customers.rules.evidence import Mode
from golddraht.customers.rules.golden import Golden, Record
from golddraht.customers.rules.values import NotSuchValue
from golddraht.customers.rules.ways import WayKind
from golddraht.pages.customers.wording import value_words, way_name, way_not_written_to
from golddraht.pages.own.addresses import FurtherForm
from golddraht.pages.own.door import OwnVisit, shown, to, visitor_of, wholly
from golddraht.pages.own.wording import origin_words, own_term, own_wish
from golddraht.plumbing import clock

LONGEST = 400


@dataclass(frozen=True)
class ValueShown:
    """One value; `raw` is its kept form, by which it is called wrong."""

    text: str
    raw: str
    origin: str
    when: datetime


@dataclass(frozen=True)
class PartShown:
    """An attribute with its values and how it can be corrected: by a choice or in words."""

    name: str
    term: str
    values: list[ValueShown]
    example: str = ""
    choices: list[tuple[str, str]] = field(default_factory=list)
    is_long: bool = False
    is_many: bool = False
    # A number is given by us; they can call it wrong, not change it.
    is_ours: bool = False


@dataclass(frozen=True)
class WayShown:
    """An address of theirs. The one by which they came in stays."""

    id: int
    term: str
    text: str
    origin: str
    is_mail: bool
    # Known to us, and nothing of ours is sent there.
    is_unwritten: bool
    is_dead: bool
    is_here: bool


@dataclass(frozen=True)
class WishShown:
    key: str
    text: str
    is_held: bool


EXAMPLES = {
    Attribute.NAME: "Dr. Petra von der Tann",
    Attribute.BORN_ON: "17.5.1980",
    Attribute.POSTAL: _("Lendkai 12/3, 8020 Graz, Austria"),
    Attribute.QUIET_HOURS: "20:00–9:00",
    Attribute.MATTERS: _("for example: alone in the house, please ring twice"),
}
IN_ORDER = (
    Attribute.NAME,
    Attribute.SALUTATION,
    Attribute.LANGUAGE,
    Attribute.POSTAL,
    Attribute.BORN_ON,
    Attribute.NUMBER,
    Attribute.QUIET_HOURS,
    Attribute.MATTERS,
)


@require_safe
@wholly
def record(request: OwnVisit) -> HttpResponse:
    """Everything that is held to be true of the visitor."""
    return shown(request, "record.html", _values(request), here="own_record")


def _values(request: OwnVisit) -> dict[str, Any]:
    visitor = visitor_of(request)
    held = record_of(customer_id=visitor.customer_id)
    return {
        "parts": [_part(attribute, held) for attribute in IN_ORDER],
        "wishes": _wishes(held),
        "ways": [_way(point, visitor.point_id) for point in contact_points_of(customer_id=visitor.customer_id)],
        "belongings": [one for one in belongings_of(customer_id=visitor.customer_id) if one.organisation],
        "further_form": FurtherForm(),
        "said": request.GET.get("said", ""),
    }


def _part(attribute: Attribute, held: Record) -> PartShown:
    return PartShown(
        name=str(attribute),
        term=own_term(attribute),
        values=[_value(one) for one in held.get(attribute, ())],
        example=str(EXAMPLES.get(attribute, "")),
        choices=_choices(attribute),
        is_long=attribute in (Attribute.POSTAL, Attribute.MATTERS),
        is_many=attribute in (Attribute.POSTAL, Attribute.NUMBER),
        is_ours=attribute is Attribute.NUMBER,
    )


def _value(one: Golden) -> ValueShown:
    statement = one.statement
    return ValueShown(value_words(statement), one.value, origin_words(statement.source), statement.said_at)


def _choices(attribute: Attribute) -> list[tuple[str, str]]:
    if attribute is Attribute.LANGUAGE:
        return [("de", gettext("German")), ("en", gettext("English"))]
    if attribute is Attribute.SALUTATION:
        return [
            (Mode.FRAU, gettext("Ms")),
            (Mode.HERR, gettext("Mr")),
            (Mode.NEUTRAL, gettext("neutral, by full name")),
        ]
    return []


def _wishes(held: Record) -> list[WishShown]:
    chosen = {one.value for one in held.get(Attribute.WISH, ())}
    return [WishShown(str(wish), own_wish(wish), wish in chosen) for wish in Wish]


def _way(point: Any, here: int) -> WayShown:
    return WayShown(
        id=point.pk,
        term=way_name(point.channel, point.address),
        text=point.shown,
        origin=origin_words(point.source),
        is_mail=point.channel == WayKind.EMAIL,
        is_unwritten=bool(way_not_written_to(point.channel)),
        is_dead=point.unreachable_since is not None,
        is_here=point.pk == here,
    )


@require_POST
@wholly
def say(request: OwnVisit) -> HttpResponse:
    """One correction, or that a value is wrong. What was said before stays in the history."""
    said = _said(request)
    try:
        if said is not None:
            learn(customer_id=visitor_of(request).customer_id, said=[said], at=clock.now())
    except NotSuchValue:
        said = None
    return to(request, "own_record", then=f"?said={'yes' if said else 'no'}#said")


def _said(request: OwnVisit) -> Said | None:
    name, value = request.POST.get("attribute", ""), request.POST.get("value", "").strip()
    denies = "denies" in request.POST
    if name not in set(IN_ORDER) or not value or len(value) > LONGEST or (name == Attribute.NUMBER and not denies):
        return None
    return Said(Attribute(name), value, Source.CUSTOMER, denies=denies)


@require_POST
@wholly
def wish(request: OwnVisit) -> HttpResponse:
    """What is ticked holds from now on."""
    wishes = {one for one in request.POST.getlist("wish") if one in set(Wish)}
    wish_only(customer_id=visitor_of(request).customer_id, wishes=wishes, source=Source.CUSTOMER, at=clock.now())
    return to(request, "own_record", then="?said=yes#said")
