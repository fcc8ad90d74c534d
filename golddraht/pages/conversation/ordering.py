"""Which order a concern is about: what was found by its number can be corrected, what was not can be said."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from golddraht.commerce.operations import NotTheirOrder, tie, untie
from golddraht.commerce.queries import NoSuchOrder
from golddraht.pages.conversation.place import back_to, found
from golddraht.pages.doors import Visit, workspace
from golddraht.plumbing import clock


@require_POST
@workspace()
def tie_order(request: Visit, number: int, order_id: int) -> HttpResponse:
    """The concern is about this order of its customer."""
    conversation = found(request, number)
    try:
        tie(conversation_id=conversation.pk, order_id=order_id, by=request.viewer.membership_id, at=clock.now())
    except NotTheirOrder as refusal:
        raise NoSuchOrder(order_id) from refusal
    messages.success(request, gettext("Noted: it is about this order."))
    return back_to(request, number)


@require_POST
@workspace()
def untie_order(request: Visit, number: int, order_id: int) -> HttpResponse:
    """It is not about this order, whatever number was found."""
    conversation = found(request, number)
    untie(conversation_id=conversation.pk, order_id=order_id, at=clock.now())
    messages.success(request, gettext("Noted: it is not about this order."))
    return back_to(request, number)
