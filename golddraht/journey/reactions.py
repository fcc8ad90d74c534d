"""What the journey writes down when something happened: one line each."""

from __future__ import annotations

from golddraht.commerce import events as outside
from golddraht.consent import events as consent
from golddraht.conversations import events as care
from golddraht.customers import events as people
from golddraht.journey.operations import forget_outside as forget
from golddraht.journey.operations import note_about_concern, note_about_customer, note_message
from golddraht.journey.rules import Kind
from golddraht.promises import events as promised

Outside = (
    outside.OrderPlaced
    | outside.OrderCancelled
    | outside.DeliverySent
    | outside.DeliveryArrived
    | outside.VisitPlanned
    | outside.VisitDone
    | outside.ReturnAnnounced
    | outside.ReturnReceived
)
Promised = promised.PromiseMade | promised.PromiseKept | promised.PromiseBroken | promised.PromiseEndangered


def note_arrival(event: care.MessageReceived) -> None:
    note_message(message_id=event.message_id, at=event.at)


def note_answer(event: care.MessageWritten) -> None:
    if event.is_heard:
        note_message(message_id=event.message_id, at=event.at)


def note_loss(event: care.AnswerLost) -> None:
    _about(Kind.LOST, event.conversation_id, f"lost:{event.message_id}", event, message_id=event.message_id)


def note_promise(event: promised.PromiseMade) -> None:
    _about_promise(Kind.PROMISED, event)


def note_kept(event: promised.PromiseKept) -> None:
    _about_promise(Kind.KEPT, event)


def note_broken(event: promised.PromiseBroken) -> None:
    _about_promise(Kind.BROKEN, event)


def note_danger(event: promised.PromiseEndangered) -> None:
    _about_promise(Kind.ENDANGERED, event)


def note_choice(event: promised.OptionChosen) -> None:
    if event.conversation_id:
        mark = f"chose:{event.option_id}"
        _about(Kind.CHOSE, event.conversation_id, mark, event, promise_id=event.promise_id)


def note_question(event: care.SolutionProposed) -> None:
    _about(Kind.ASKED_SOLVED, event.conversation_id, f"asked:{event.solution_id}", event)


def note_solution(event: care.ConcernSolved) -> None:
    _about(Kind.SOLVED, event.conversation_id, f"solved:{event.solution_id}", event)


def note_return(event: care.ConcernReopened) -> None:
    _about(Kind.REOPENED, event.conversation_id, f"reopened:{event.conversation_id}:{event.at.timestamp()}", event)


def note_hand_over(event: care.HandedOver) -> None:
    mark = f"handed:{event.conversation_id}:{event.to_id}:{event.at.timestamp()}"
    _about(Kind.HANDED_OVER, event.conversation_id, mark, event)


def note_merge(event: people.CustomersMerged) -> None:
    _about_merge(Kind.MERGED, event)


def note_parting(event: people.CustomersTakenApart) -> None:
    _about_merge(Kind.TAKEN_APART, event)


def note_consent(event: consent.ConsentGiven) -> None:
    _about_consent(Kind.ALLOWED, event)


def note_withdrawal(event: consent.ConsentWithdrawn) -> None:
    _about_consent(Kind.WITHDREW, event)


def note_objection(event: consent.ObjectionRaised) -> None:
    _about_consent(Kind.OBJECTED, event)


def note_ways(event: consent.ChannelsChosen) -> None:
    mark = f"ways:{event.customer_id}:{event.at.timestamp()}"
    note_about_customer(kind=Kind.CHOSE_WAYS, customer_id=event.customer_id, mark=mark, at=event.at)


def _about_consent(
    kind: Kind, event: consent.ConsentGiven | consent.ConsentWithdrawn | consent.ObjectionRaised
) -> None:
    note_about_customer(kind=kind, customer_id=event.customer_id, mark=f"consent:{event.act_id}", at=event.at)


def note_order(event: outside.OrderPlaced) -> None:
    _about_outside(Kind.ORDERED, event, order_id=event.order_id)


def note_cancelling(event: outside.OrderCancelled) -> None:
    _about_outside(Kind.CANCELLED, event, order_id=event.order_id)


def note_sending(event: outside.DeliverySent) -> None:
    _about_outside(Kind.SENT, event, delivery_id=event.delivery_id)


def note_delivery(event: outside.DeliveryArrived) -> None:
    _about_outside(Kind.DELIVERED, event, delivery_id=event.delivery_id)


def note_appointment(event: outside.VisitPlanned) -> None:
    _about_outside(Kind.APPOINTMENT, event, appointment_id=event.appointment_id)


def note_visit(event: outside.VisitDone) -> None:
    _about_outside(Kind.VISITED, event, appointment_id=event.appointment_id)


def note_returning(event: outside.ReturnAnnounced) -> None:
    _about_outside(Kind.RETURNING, event, return_id=event.return_id)


def note_returned(event: outside.ReturnReceived) -> None:
    _about_outside(Kind.RETURNED, event, return_id=event.return_id)


HAPPENED_AT = {
    "cancelled_at": Kind.CANCELLED,
    "sent_at": Kind.SENT,
    "arrived_at": Kind.DELIVERED,
    "done_at": Kind.VISITED,
    "announced_at": Kind.RETURNING,
    "received_at": Kind.RETURNED,
}


def forget_outside(event: outside.OutsideWithdrawn) -> None:
    kinds = [HAPPENED_AT[name] for name in event.fallen] or None
    if event.thing != "product":
        forget(column=f"{event.thing}_id", thing_id=event.thing_id, kinds=kinds)


def _about_outside(kind: Kind, event: Outside, **thing: int) -> None:
    """Once for each customer it belonged to: a source may have named the wrong one first."""
    (id_,) = thing.values()
    mark = f"{kind}:{id_}:{event.customer_id}"
    note_about_customer(kind=kind, customer_id=event.customer_id, mark=mark, at=event.at, **thing)


def _about(kind: Kind, conversation_id: int, mark: str, event: object, **about: int) -> None:
    at = event.at  # type: ignore[attr-defined]  # Every event has its moment.
    note_about_concern(kind=kind, conversation_id=conversation_id, mark=mark, at=at, **about)


def _about_promise(kind: Kind, event: Promised) -> None:
    mark = f"{kind}:{event.promise_id}:{event.at.timestamp()}"
    if event.conversation_id:
        _about(kind, event.conversation_id, mark, event, promise_id=event.promise_id)
    elif event.customer_id:
        note_about_customer(
            kind=kind, customer_id=event.customer_id, mark=mark, at=event.at, promise_id=event.promise_id
        )


def _about_merge(kind: Kind, event: people.CustomersMerged | people.CustomersTakenApart) -> None:
    for customer_id in (event.customer_id, event.head_id):
        mark = f"{kind}:{event.merge_id}:{customer_id}"
        note_about_customer(kind=kind, customer_id=customer_id, mark=mark, at=event.at, merge_id=event.merge_id)
