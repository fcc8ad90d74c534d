"""What people of a client company see of it: the month so far, the statements, and the concerns with what was said in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from golddraht.conversations.queries.for_client import ClientLine, concern_for_client, concerns_for_client
from golddraht.conversations.queries.own_links import for_others
from golddraht.conversations.queries.own_matter import Said, said_in
from golddraht.ground.numbers import spoken
from golddraht.improvement.queries import today
from golddraht.improvement.queries.statements import (
    NoSuchStatement,
    Stated,
    months_stated,
    so_far,
    statement_of,
)
from golddraht.pages.client.door import ClientVisit, for_clients, show_client
from golddraht.pages.shown import channel_name, person_name, status_word
from golddraht.pages.statement.shown import choices, month_text, sheet, slug_of, values_of
from golddraht.plumbing import clock


@dataclass(frozen=True)
class Line:
    """A concern in the list."""

    url: str
    number: str
    subject: str
    customer_name: str
    status: str
    latest_at: datetime


@dataclass(frozen=True)
class Utterance:
    """A message as components/message.html takes it."""

    id: int
    author_name: str
    when: datetime
    text: str
    way_text: str
    is_outgoing: bool
    is_automatic: bool


@for_clients
def month_so_far(request: ClientVisit) -> HttpResponse:
    """The running month, counted anew again and again; it is no statement yet."""
    at = clock.now()
    found = so_far(viewer=request.client, on=today(at))
    values = values_of(found, is_running=True) if found else {"month_text": month_text(today(at))}
    return show_client(request, "client/month.html", values, nav="month")


@for_clients
def statements(request: ClientVisit) -> HttpResponse:
    """The last statement that was made."""
    months = months_stated(viewer=request.client)
    return _statement(request, _stated(request, slug_of(months[0])) if months else None, months)


@for_clients
def statement(request: ClientVisit, month: str) -> HttpResponse:
    return _statement(request, _stated(request, month), months_stated(viewer=request.client))


def _statement(request: ClientVisit, found: Stated | None, months: list[date]) -> HttpResponse:
    values: dict[str, Any] = {"months": choices(months, found.month if found else None)}
    return show_client(request, "client/statement.html", values | (values_of(found) if found else {}), nav="statement")


@for_clients
def statement_sheet(request: ClientVisit, month: str) -> HttpResponse:
    found = _stated(request, month)
    response = HttpResponse(sheet(found), content_type="text/csv; charset=utf-8")
    name = f"golddraht-{request.client.tenant_slug}-{slug_of(found.month)}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _stated(request: ClientVisit, month: str) -> Stated:
    try:
        return statement_of(viewer=request.client, month=date.fromisoformat(f"{month}-01"))
    except (ValueError, NoSuchStatement):
        raise Http404 from None


@for_clients
def concerns(request: ClientVisit) -> HttpResponse:
    """Those that are open, or with `solved` those that are; the newest first."""
    is_open = "solved" not in request.GET
    before = request.GET.get("before", "")
    start = int(before) if before.isdecimal() and len(before) < 12 else None
    page = concerns_for_client(viewer=request.client, is_open=is_open, before=start)
    here = "" if is_open else "solved=1&"
    values = {
        "lines": [_line(one, request.client.tenant_slug) for one in page.lines],
        "is_open": is_open,
        "older_url": f"?{here}before={page.next_before}" if page.next_before else "",
    }
    return show_client(request, "client/concerns.html", values, nav="concerns")


def _line(one: ClientLine, slug: str) -> Line:
    return Line(
        url=reverse("client_concern", args=[slug, one.number]),
        number=spoken(one.number),
        subject=one.subject,
        customer_name=person_name(one.customer_name),
        status=status_word(one.status),
        latest_at=one.latest_at,
    )


@for_clients
def concern(request: ClientVisit, number: int) -> HttpResponse:
    """What customer and company said to each other: no notes, no questions to others, nothing that was only thought."""
    one = concern_for_client(viewer=request.client, number=number)
    request.seen.append(("customers_customer", one.customer_id))
    values = {
        "concern": _line_of(one, request.client.tenant_slug),
        "thread": [_utterance(said, request.client.tenant_name) for said in said_in(one)],
    }
    return show_client(request, "client/concern.html", values, nav="concerns")


def _line_of(one: Any, slug: str) -> Line:
    told = (one.number, one.subject, one.customer.name, one.latest_channel, one.status, one.created_at, one.latest_at)
    return _line(ClientLine(*told), slug)


def _utterance(said: Said, company: str) -> Utterance:
    author = (said.author_name or company) if said.is_ours else said.author_name or gettext("the customer")
    return Utterance(
        id=said.id,
        author_name=author,
        when=said.at,
        text=for_others(said.text),
        way_text=channel_name(said.channel),
        is_outgoing=said.is_ours,
        is_automatic=said.is_automatic,
    )
