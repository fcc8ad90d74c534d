"""The monthly statement of a client company, for those who serve it."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from golddraht.improvement.queries.statements import NoSuchStatement, Stated, months_stated, statement_of
from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.statement.shown import choices, sheet, slug_of, values_of
from golddraht.team.queries import Viewer
from golddraht.team.rules import Act

NAV = "figures"


@require_safe
@workspace(Act.SEE_FIGURES)
def latest_statement(request: Visit) -> HttpResponse:
    """That of the last month that is over, or when the first one will be there."""
    months = months_stated(viewer=request.viewer)
    found = stated(request.viewer, slug_of(months[0])) if months else None
    return _page(request, found, months)


@require_safe
@workspace(Act.SEE_FIGURES)
def show_statement(request: Visit, month: str) -> HttpResponse:
    return _page(request, stated(request.viewer, month), months_stated(viewer=request.viewer))


def _page(request: Visit, found: Stated | None, months: list[date]) -> HttpResponse:
    values = {"months": choices(months, found.month if found else None)}
    values |= values_of(found) if found else {}
    return show(request, "statement/show.html", values, nav=NAV)


@require_safe
@workspace(Act.SEE_FIGURES)
def statement_csv(request: Visit, month: str) -> HttpResponse:
    """The same for spreadsheets."""
    return as_sheet(request.viewer.tenant_slug, stated(request.viewer, month))


def stated(viewer: Viewer, month: str) -> Stated:
    """The statement of "2026-10". Raises Http404."""
    try:
        return statement_of(viewer=viewer, month=date.fromisoformat(f"{month}-01"))
    except (ValueError, NoSuchStatement):
        raise Http404 from None


def as_sheet(slug: str, found: Stated) -> HttpResponse:
    response = HttpResponse(sheet(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="golddraht-{slug}-{slug_of(found.month)}.csv"'
    return response
