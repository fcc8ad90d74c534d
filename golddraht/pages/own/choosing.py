"""On which way, and what for: channels by purpose, consents given and taken back, and no advertising at all. Each is one press."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from golddraht.consent.operations import ConsentRefused, Origin, choose_channels, give, object_to, withdraw
from golddraht.consent.queries import PurposeChoice, Stand, WayStand, choices, current_text
from golddraht.consent.rules import ASKS_LEAVE, Basis, Proof, Purpose, Way
from golddraht.pages.help.door import address_of
from golddraht.pages.own.door import OwnVisit, inside, shown, to, visitor_of, wholly
from golddraht.pages.own.wording import own_purpose, own_stand, own_way

OFFERED = (Way.EMAIL, Way.CALL, Way.SMS, Way.LETTER)
"""On which we can reach people in a concern of theirs."""


@dataclass(frozen=True)
class WayShown:
    """One way for one purpose: how it stands, and what one press does; `words` are what is agreed to."""

    key: str
    text: str
    state_text: str
    is_allowed: bool
    may_allow: bool
    words: str


@dataclass(frozen=True)
class PurposeShown:
    key: str
    text: str
    ways: list[WayShown]


@dataclass(frozen=True)
class ChannelsShown:
    """On which ways they want to hear from us for a purpose for which nobody has to be asked."""

    key: str
    text: str
    ways: list[tuple[str, str, bool]]
    # The dearest of them.
    first: str


@require_safe
@inside
def choosing(request: OwnVisit) -> HttpResponse:
    """Whoever has shown too little of themselves sees the one button that ends all advertising."""
    visitor = visitor_of(request)
    values: dict[str, Any] = {"said": request.GET.get("said", "")}
    if visitor.sees_everything:
        found = choices(viewer=visitor, customer_id=visitor.customer_id, at=request.at)
        values |= {
            "asked": [_purpose(one, request.language) for one in found.purposes if one.asks_leave],
            "channels": [_channels(one) for one in found.purposes if not one.asks_leave],
            "objects": found.objects,
        }
    return shown(request, "choosing.html", values, here="own_choosing")


def _purpose(one: PurposeChoice, language: str) -> PurposeShown:
    ways = [
        _way(one.purpose, way, language) for way in one.ways if way.by_themselves or way.stand is not Stand.NEVER_GIVEN
    ]
    return PurposeShown(str(one.purpose), own_purpose(one.purpose), ways)


def _way(purpose: Purpose, one: WayStand, language: str) -> WayShown:
    is_allowed = one.stand is Stand.ALLOWED
    return WayShown(
        key=str(one.way),
        text=own_way(one.way),
        state_text=_state(one),
        is_allowed=is_allowed,
        may_allow=one.by_themselves and not is_allowed and one.stand is not Stand.FORBIDDEN,
        words=current_text(purpose, one.way, language=language).words,
    )


def _state(one: WayStand) -> str:
    """Nobody is told to have allowed what only comes until they say no."""
    if one.stand is Stand.ALLOWED and one.verdict.basis is Basis.UNOPPOSED:
        return gettext("may come until you say no")
    if one.stand is Stand.ALLOWED and one.verdict.basis is Basis.EXISTING:
        return gettext("may come because you bought from us, until you say no")
    return own_stand(one.stand)


def _channels(one: PurposeChoice) -> ChannelsShown:
    """Nothing chosen means that every way is welcome."""
    chosen = OFFERED if one.chosen is None else one.chosen
    return ChannelsShown(
        key=str(one.purpose),
        text=own_purpose(one.purpose),
        ways=[(str(way), own_way(way), way in chosen) for way in OFFERED],
        first=str(chosen[0]) if chosen else "",
    )


@require_POST
@wholly
def allow(request: OwnVisit) -> HttpResponse:
    visitor, named = visitor_of(request), _named(request)
    if named is None:
        return to(request, "own_choosing")
    purpose, way = named
    try:
        give(
            customer_id=visitor.customer_id,
            purpose=purpose,
            ways=[way],
            proof=Proof.OWN_PAGE,
            address=visitor.address if way is Way.EMAIL else "",
            language=request.language,
            origin=_origin(request),
            at=request.at,
        )
    except ConsentRefused:
        return to(request, "own_choosing", then="?said=no#said")
    return to(request, "own_choosing", then="?said=yes#said")


@require_POST
@wholly
def take_back(request: OwnVisit) -> HttpResponse:
    """As easy as allowing it (Article 7 (3) GDPR). What stands on no consent but on an exception is objected to."""
    named = _named(request)
    if named is not None:
        purpose, way = named
        told: dict[str, Any] = {"customer_id": visitor_of(request).customer_id, "purpose": purpose, "way": way}
        told |= {"at": request.at, "origin": _origin(request)}
        if withdraw(**told) is None:
            object_to(**told)
    return to(request, "own_choosing", then="?said=yes#said")


@require_POST
@inside
def no_advertising(request: OwnVisit) -> HttpResponse:
    """At any time, without reasons, and for whoever holds no more than a link (Article 21 (2) GDPR)."""
    words = gettext("No advertising any more")
    object_to(customer_id=visitor_of(request).customer_id, words=words, origin=_origin(request), at=request.at)
    return to(request, "own_choosing", then="?said=yes#said")


@require_POST
@wholly
def channels(request: OwnVisit) -> HttpResponse:
    """The ways that are ticked, for one purpose; the one that they like best goes first, where it is one of them."""
    purpose, first = request.POST.get("purpose", ""), request.POST.get("first", "")
    ticked = [way for way in OFFERED if str(way) in request.POST.getlist("way")]
    ways = sorted(ticked, key=lambda way: str(way) != first)
    if purpose in set(Purpose) and Purpose(purpose) not in ASKS_LEAVE:
        customer_id = visitor_of(request).customer_id
        choose_channels(customer_id=customer_id, purpose=Purpose(purpose), ways=ways, at=request.at)
    return to(request, "own_choosing", then="?said=yes#said")


def _named(request: OwnVisit) -> tuple[Purpose, Way] | None:
    purpose, way = request.POST.get("purpose", ""), request.POST.get("way", "")
    return (Purpose(purpose), Way(way)) if purpose in set(ASKS_LEAVE) and way in set(Way) else None


def _origin(request: OwnVisit) -> Origin:
    return Origin(network=address_of(request) or None)
