"""What names somebody erased, of orders and deliveries, waits here until somebody decides; so does what earlier files left to mend."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from golddraht.commerce.operations import AlreadySettled, NotLetIn, Outcome, drop_row, let_in_row, mend_row
from golddraht.commerce.queries import ToMend, rows_to_mend
from golddraht.commerce.rules import Thing
from golddraht.commerce.rules.columns import cell_words
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.settings.place import show_settings
from golddraht.plumbing import clock
from golddraht.team.rules import Act

THINGS = {
    Thing.ORDER: _("Orders"),
    Thing.DELIVERY: _("Deliveries"),
    Thing.APPOINTMENT: _("Visits"),
    Thing.RETURN: _("Returns"),
    Thing.PRODUCT: _("Products"),
}


@dataclass(frozen=True)
class CellShown:
    name: str
    value: str
    is_wrong: bool


@dataclass(frozen=True)
class RowShown:
    """A row to mend: what stood in it, and why it was not understood."""

    id: int
    title: str
    why: str
    where: str
    cells: list[CellShown]
    erased_at: datetime | None


@require_safe
@workspace(Act.CONFIGURE)
def orders_file(request: Visit) -> HttpResponse:
    """What waits for a decision, the oldest first."""
    values = {"rows": [_row(one) for one in rows_to_mend(viewer=request.viewer)]}
    return show_settings(request, "orders/file.html", values, here="orders_file")


def _row(one: ToMend) -> RowShown:
    plain = {name: cell_words(value) for name, value in one.cells.items() if not isinstance(value, list)}
    if one.field not in plain and one.field in ("number", "promised_until", "promised_from"):
        plain[one.field] = ""
    return RowShown(
        id=one.id,
        title=f"{THINGS[one.thing]} · {one.source} · {plain.get('number', '')}",
        why=why_words(one.reason, one.field),
        where=_where(one),
        cells=[CellShown(name, value, name == one.field) for name, value in plain.items()],
        erased_at=one.erased_at,
    )


def _where(one: ToMend) -> str:
    if not one.line:
        return gettext("told by a program")
    return gettext("line %(line)s of %(file)s") % {"line": one.line, "file": one.file_name or gettext("a file")}


def why_words(reason: str, field: str) -> str:
    """Why a row was not understood, with the column."""
    words = {
        "NUMBER": gettext("There is no number."),
        "FIELD": gettext("“%(field)s” has no meaning here."),
        "MOMENT": gettext("“%(field)s” is no moment, such as 3.12.2026 14:00."),
        "DAY": gettext("“%(field)s” is no day, such as 3.12.2026."),
        "CENTS": gettext("“%(field)s” is no amount, such as 12,90."),
        "YES_NO": gettext("“%(field)s” is neither yes nor no."),
        "ID": gettext("“%(field)s” is no number of a customer here."),
        "CUSTOMER": gettext("There is no such customer."),
        "EMAIL": gettext("“%(field)s” is no e-mail address."),
        "LINES": gettext("A line of the order has neither product nor title, or no quantity."),
        "LONG": gettext("“%(field)s” is too long."),
        "FUTURE": gettext("“%(field)s” lies in the future."),
        "ERASED": gettext("Whoever “%(field)s” names was erased, and is not taken down again by itself."),
        "WINDOW": gettext("The date has no end, or ends before it begins."),
    }
    return words.get(reason, reason) % {"field": field}


@require_POST
@workspace(Act.CONFIGURE)
def mend(request: Visit, bad_row_id: int) -> HttpResponse:
    """Try a row again as it was corrected."""
    cells = {name.removeprefix("cell-"): value for name, value in request.POST.items() if name.startswith("cell-")}
    try:
        stated = mend_row(row_id=bad_row_id, cells={name: str(value) for name, value in cells.items()}, at=clock.now())
    except AlreadySettled as gone:
        raise Http404 from gone
    if stated.outcome is Outcome.REFUSED:
        messages.error(request, why_words(stated.reason, stated.field))
    else:
        messages.success(request, gettext("Understood and taken down."))
    return redirect("orders_file", request.viewer.tenant_slug)


@require_POST
@workspace(Act.CONFIGURE)
def let_in(request: Visit, bad_row_id: int) -> HttpResponse:
    """Take down what names somebody erased, for a reason."""
    try:
        stated = let_in_row(row_id=bad_row_id, why=request.POST.get("why", ""), at=clock.now())
    except AlreadySettled as gone:
        raise Http404 from gone
    except NotLetIn as refusal:
        messages.error(request, _not_let_in(refusal.reason))
    else:
        messages.success(request, _let_in_sum(Counter(one.outcome for one in stated)))
    return redirect("orders_file", request.viewer.tenant_slug)


def _not_let_in(reason: str) -> str:
    if reason == "WHY":
        return gettext("Say why: the reason is kept.")
    return gettext("This row is about nobody who was erased.")


def _let_in_sum(outcomes: Counter[Outcome]) -> str:
    bad, whole = outcomes[Outcome.REFUSED], outcomes.total()
    told = ngettext("Let in: %(good)s row was taken down.", "Let in: %(good)s rows were taken down.", whole - bad)
    left = ngettext("%(bad)s is to mend.", "%(bad)s are to mend.", bad) if bad else ""
    return f"{told} {left}".strip() % {"good": whole - bad, "bad": bad}


@require_POST
@workspace(Act.CONFIGURE)
def drop(request: Visit, bad_row_id: int) -> HttpResponse:
    """Nobody needs this row."""
    try:
        drop_row(row_id=bad_row_id, at=clock.now())
    except AlreadySettled as gone:
        raise Http404 from gone
    return redirect("orders_file", request.viewer.tenant_slug)
