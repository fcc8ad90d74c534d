"""What a customer allowed and refused, on their page and as a proof on one sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from golddraht.consent.queries import (
    ActLine,
    Choices,
    PurposeChoice,
    RefusalLine,
    Stand,
    WayStand,
    acts_of_person,
    choices,
    refusals_of_person,
)
from golddraht.consent.rules import ASKS_LEAVE, Kind, Need, Norm, Proof, Purpose, Way, norm_for
from golddraht.consent.rules.words import YESES
from golddraht.customers.queries import ids_of_person
from golddraht.pages.consent.heard import HeardShown, heard_of_person
from golddraht.pages.consent.wording import (
    basis_name,
    class_name,
    kind_name,
    proof_name,
    purpose_name,
    reason_words,
    stand_name,
    way_name,
)
from golddraht.team.queries import Viewer, names_of_members

BY_COLLEAGUES = (Proof.SIGNED, Proof.SPOKEN, Proof.RECORDED, Proof.MAIL)
COLOURS = {Stand.ALLOWED: "ok", Stand.ASKED: "soon", Stand.LAPSED: "soon"}
LATEST = 12


@dataclass(frozen=True)
class WayShown:
    key: str
    text: str
    stand: str
    colour: str
    basis: str
    proof_url: str
    may_withdraw: bool


@dataclass(frozen=True)
class PurposeShown:
    """`chosen` are the ways chosen for it in their order, as words; "" where nobody chose."""

    key: str
    text: str
    chosen: str
    asks_leave: bool
    ways: list[WayShown]
    boxes: list[tuple[str, str, bool]]


@dataclass(frozen=True)
class ActShown:
    """One act in words, for the list and for the sheet."""

    id: int
    kind: str
    what: str
    when: datetime
    proof: str
    words: str
    text: str
    version: int
    language: str
    address: str
    network: str
    call_note: str
    message_id: int | None
    who: str
    keep_until: date
    uses: list[tuple[datetime, str, date]]
    url: str
    is_no: bool


@dataclass(frozen=True)
class RefusalShown:
    text: str
    why: str
    when: datetime
    source: str


@dataclass(frozen=True)
class ConsentShown:
    purposes: list[PurposeShown]
    acts: list[ActShown]
    has_more: bool
    refusals: list[RefusalShown]
    heard: list[HeardShown]
    objects: bool
    country: str
    is_business: bool
    may_presume: bool
    may_be_listed: bool
    offered: dict[str, Any]


def consent_shown(viewer: Viewer, customer_id: int, *, at: datetime) -> ConsentShown:
    """The section of the customer's page."""
    found = choices(viewer=viewer, customer_id=customer_id, at=at)
    acts = acts_of_person(viewer=viewer, customer_id=customer_id, limit=LATEST + 1)
    names = names_of_members() if acts else {}
    return ConsentShown(
        purposes=[_purpose(one, found, viewer) for one in found.purposes],
        acts=[act_shown(one, viewer, names) for one in acts[:LATEST]],
        has_more=len(acts) > LATEST,
        refusals=[_refusal(one) for one in refusals_of_person(viewer=viewer, customer_id=customer_id)],
        heard=heard_of_person(viewer, ids_of_person(customer_id=customer_id)) if _was_read(acts) else [],
        objects=found.objects,
        country=found.country,
        is_business=found.is_business,
        may_presume=_needs(found, Way.CALL, at).need is Need.PRESUMED,
        may_be_listed=_needs(found, Way.EMAIL, at).list_within is not None,
        offered=offered(),
    )


def _needs(found: Choices, way: Way, at: datetime) -> Norm:
    return norm_for(country=found.country, is_business=found.is_business, way=way, on=at.date())


def _was_read(acts: list[ActLine]) -> bool:
    return any((one.message_id or one.note_id) and one.kind in {Kind.OBJECTED, Kind.DOUBTED} for one in acts)


def offered() -> dict[str, Any]:
    """What the forms offer."""
    return {
        "purposes": [(str(one), purpose_name(one)) for one in Purpose if one in ASKS_LEAVE],
        "ways": [(str(one), way_name(one)) for one in Way],
        "proofs": [(str(one), proof_name(one)) for one in BY_COLLEAGUES],
    }


def _purpose(one: PurposeChoice, found: Choices, viewer: Viewer) -> PurposeShown:
    return PurposeShown(
        key=str(one.purpose),
        text=purpose_name(one.purpose),
        chosen=", ".join(way_name(way) for way in one.chosen) if one.chosen is not None else "",
        asks_leave=one.asks_leave,
        ways=[_way(way, found, viewer) for way in one.ways],
        boxes=[(str(way), way_name(way), way in (one.chosen or ())) for way in Way],
    )


def _way(one: WayStand, found: Choices, viewer: Viewer) -> WayShown:
    return WayShown(
        key=str(one.way),
        text=way_name(one.way),
        stand=stand_name(one.stand),
        colour=COLOURS.get(one.stand, ""),
        basis=basis_name(one.verdict.basis) if one.verdict.basis else "",
        proof_url=_proof_url(viewer, found.customer_id, one.act_id) if one.act_id else "",
        may_withdraw=one.act_id is not None,
    )


def _proof_url(viewer: Viewer, customer_id: int, act_id: int) -> str:
    return reverse("consent_proof", args=[viewer.tenant_slug, customer_id, act_id])


def act_shown(one: ActLine, viewer: Viewer, names: dict[int, str]) -> ActShown:
    same = ("id", "words", "text", "version", "language", "address", "network", "call_note", "message_id", "keep_until")
    return ActShown(
        kind=kind_name(one.kind),
        what=_what(one),
        when=one.at,
        proof=proof_name(one.proof) if one.proof else "",
        who=names.get(one.actor_id or 0, ""),
        uses=[(use.at, class_name(use.message_class), use.keep_until) for use in one.uses],
        url=_proof_url(viewer, one.customer_id, one.id),
        is_no=one.kind not in {*YESES, Kind.ASKED},
        **{name: getattr(one, name) for name in same},
    )


def _what(one: ActLine) -> str:
    parts = [purpose_name(one.purpose) if one.purpose else "", way_name(one.way) if one.way else ""]
    return " · ".join(part for part in parts if part)


def _refusal(one: RefusalLine) -> RefusalShown:
    text = f"{class_name(one.message_class)} · {way_name(one.way)}"
    return RefusalShown(text, reason_words(one.reason), one.at, one.source)
