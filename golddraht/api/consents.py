"""What a customer allows: how it stands, taking it down, and asking the gate."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.shapes.consents import (
    ActOut,
    ActsOut,
    AskIn,
    ChannelsIn,
    ConsentsOut,
    GiveIn,
    Ground,
    GroundIn,
    LeaveIn,
    NoIn,
    PurchaseIn,
    Reading,
    ReadingIn,
    VerdictOut,
)
from golddraht.api.shapes.fields import IdInPath
from golddraht.consent.operations import (
    ConsentRefused,
    Origin,
    ask_to_confirm,
    call_misread,
    choose_channels,
    give,
    note_list_checked,
    note_presumed,
    note_sale,
    object_to,
    pass_gate,
    unsay,
    uphold,
    withdraw,
)
from golddraht.consent.queries import NoSuchAct, Wanted, act_for, acts_of_person, choices, may_leave
from golddraht.consent.rules import MessageClass, Proof, Way
from golddraht.customers.queries import customer_for, ids_of_person
from golddraht.team.rules import Area

router = Router(tags=["consents"], auth=Token(Area.CUSTOMERS))
TOLD_BY_THEMSELVES = frozenset({Proof.CONFIRMED, Proof.OWN_PAGE, Proof.FORM})
"""What only our own pages can vouch for."""


@router.get("/{customer_id}/consents", response=ConsentsOut)
def list_consents(request: HttpRequest, customer_id: IdInPath) -> ConsentsOut:
    """How it stands with each purpose and way, and everything they said about it."""
    with reading(request) as visitor:
        visitor.sees_customer(customer_for(viewer=visitor.viewer, customer_id=customer_id).pk)
        found = choices(viewer=visitor.viewer, customer_id=customer_id, at=visitor.at)
        return ConsentsOut.of(found, acts_of_person(viewer=visitor.viewer, customer_id=customer_id))


@router.post("/{customer_id}/consents", response={201: ActsOut})
def give_consent(request: HttpRequest, customer_id: IdInPath, told: GiveIn) -> HttpResponse:
    """Take down what they allow, one act for each way, to the text that is in force."""

    def act(visitor: Visitor, customer_id: int) -> list[Any]:
        if told.proof in TOLD_BY_THEMSELVES or (told.said_at and told.said_at > visitor.at):
            raise ConsentRefused("PROOF", "Only they themselves can say it like this, and not in the future.")
        return give(
            customer_id=customer_id,
            purpose=told.purpose,
            ways=told.ways,
            proof=told.proof,
            words=told.words,
            address=told.address,
            origin=Origin(call_note=told.call_note),
            at=told.said_at or visitor.at,
        )

    return _taken_down(request, customer_id, act)


@router.post("/{customer_id}/consents/ask", response={201: ActsOut})
def ask_for_consent(request: HttpRequest, customer_id: IdInPath, told: AskIn) -> HttpResponse:
    """One mail without advertising; it counts once they have confirmed it, and for mail alone."""
    return _taken_down(
        request,
        customer_id,
        lambda visitor, pk: [ask_to_confirm(customer_id=pk, purpose=told.purpose, at=visitor.at)],
    )


@router.post("/{customer_id}/consents/purchase", response={201: ActsOut})
def note_purchase(request: HttpRequest, customer_id: IdInPath, told: PurchaseIn) -> HttpResponse:
    """Their address came with a purchase, and free objection was pointed out then (§ 7 (3) UWG); `words` say in which."""
    return _taken_down(
        request,
        customer_id,
        lambda visitor, pk: [note_sale(customer_id=pk, words=told.words, address=told.address, at=visitor.at)],
    )


@router.post("/{customer_id}/consents/withdraw", response={201: ActsOut})
def withdraw_consent(request: HttpRequest, customer_id: IdInPath, told: NoIn) -> HttpResponse:
    """They take back what they allowed."""
    return _taken_down(
        request, customer_id, lambda visitor, pk: [withdraw(customer_id=pk, at=visitor.at, **told.dict())]
    )


@router.post("/{customer_id}/consents/object", response={201: ActsOut})
def object_to_advertising(request: HttpRequest, customer_id: IdInPath, told: NoIn) -> HttpResponse:
    """They want no advertising; it holds when this returns."""
    return _taken_down(
        request, customer_id, lambda visitor, pk: [object_to(customer_id=pk, at=visitor.at, **told.dict())]
    )


@router.post("/{customer_id}/consents/{act_id}/reading", response={201: ActsOut})
def judge_objection(request: HttpRequest, customer_id: IdInPath, act_id: IdInPath, told: ReadingIn) -> HttpResponse:
    """Say what was meant by words that were read as an objection in a message, or as one perhaps (`DOUBTED`): MISREAD with the
    reason in `words`, UPHELD, or UNSAID to take back what was said before. What they declared themselves is refused."""

    def act(visitor: Visitor, customer_id: int) -> list[Any]:
        line = act_for(viewer=visitor.viewer, act_id=act_id)
        if line.customer_id not in ids_of_person(customer_id=customer_id):
            raise NoSuchAct(act_id)
        return [_judged(told, act_id, visitor)]

    return _taken_down(request, customer_id, act)


def _judged(told: ReadingIn, act_id: int, visitor: Visitor) -> Any:
    if told.reading is Reading.MISREAD:
        return call_misread(act_id=act_id, words=told.words, at=visitor.at)
    if told.reading is Reading.UPHELD:
        return uphold(act_id=act_id, words=told.words, at=visitor.at)
    return unsay(act_id=act_id, at=visitor.at)


@router.post("/{customer_id}/consents/ground", response={201: ActsOut})
def note_ground(request: HttpRequest, customer_id: IdInPath, told: GroundIn) -> HttpResponse:
    """What lets something leave without a consent, with its proof in `words`: PRESUMED (a business would welcome the call,
    § 7 (2) no. 1 UWG), or LISTED_NOT (somebody looked at the Austrian list of objectors; it counts for thirty days)."""
    notes = {Ground.PRESUMED: note_presumed, Ground.LISTED_NOT: note_list_checked}
    return _taken_down(
        request,
        customer_id,
        lambda visitor, pk: [notes[told.ground](customer_id=pk, words=told.words, at=visitor.at)],
    )


@router.put("/{customer_id}/channels", response=ConsentsOut)
def choose(request: HttpRequest, customer_id: IdInPath, told: ChannelsIn) -> HttpResponse:
    """The ways they want for a purpose. It narrows what may come, and allows nothing."""

    def act(visitor: Visitor) -> tuple[int, ConsentsOut]:
        customer_for(viewer=visitor.viewer, customer_id=customer_id)
        choose_channels(customer_id=customer_id, purpose=told.purpose, ways=told.ways, at=visitor.at)
        found = choices(viewer=visitor.viewer, customer_id=customer_id, at=visitor.at)
        return 200, ConsentsOut.of(found, acts_of_person(viewer=visitor.viewer, customer_id=customer_id))

    return writing(request, act)


@router.get("/{customer_id}/may-leave", response=VerdictOut)
def ask_the_gate(
    request: HttpRequest,
    customer_id: IdInPath,
    message_class: MessageClass = MessageClass.ADVERTISING,
    way: Way = Way.EMAIL,
    address: Annotated[str, Query(max_length=254)] = "",
    points_out: bool = False,
) -> VerdictOut:
    """May I? Nothing is noted by asking."""
    wanted = LeaveIn(message_class=message_class, way=way, address=address, points_out=points_out)
    with reading(request) as visitor:
        customer_for(viewer=visitor.viewer, customer_id=customer_id)
        return VerdictOut.of(may_leave(_wanted(customer_id, wanted), at=visitor.at))


@router.post("/{customer_id}/leave", response={201: VerdictOut})
def go_through_the_gate(request: HttpRequest, customer_id: IdInPath, told: LeaveIn) -> HttpResponse:
    """I am about to call or write: the use is noted and keeps its proof anew, or the refusal is kept with its reason."""

    def act(visitor: Visitor) -> tuple[int, VerdictOut]:
        customer_for(viewer=visitor.viewer, customer_id=customer_id)
        return 201, VerdictOut.of(pass_gate(_wanted(customer_id, told), at=visitor.at).verdict)

    return writing(request, act)


def _wanted(customer_id: int, told: LeaveIn) -> Wanted:
    return Wanted(customer_id, told.message_class, way=told.way, address=told.address, points_out=told.points_out)


def _taken_down(request: HttpRequest, customer_id: int, act: Any) -> HttpResponse:
    def write(visitor: Visitor) -> tuple[int, ActsOut]:
        customer_for(viewer=visitor.viewer, customer_id=customer_id)
        made = [row for row in act(visitor, customer_id) if row is not None]
        return 201, ActsOut(acts=[ActOut.of(act_for(viewer=visitor.viewer, act_id=row.pk)) for row in made])

    return writing(request, write)
