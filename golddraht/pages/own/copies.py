"""Take everything along: asked for with one press, made while one looks on, fetched within the visit, gone after a week."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from golddraht.access.operations import ask_for_copy, note_fetched
from golddraht.access.queries import CopyLine, NoSuchCopy, copy_of_person, latest_copy
from golddraht.access.rules.copying import KEPT_FOR
from golddraht.pages import shown as words
from golddraht.pages.own.door import OwnVisit, shown, to, visitor_of, wholly
from golddraht.plumbing.files import file_answer
from golddraht.plumbing.tenancy import seeing
from golddraht.team.queries import current_tenant


@require_http_methods(["GET", "HEAD", "POST"])
@wholly
def copy(request: OwnVisit) -> HttpResponse:
    """How far it is; asking for one more while one is under way gives that one."""
    customer_id = visitor_of(request).customer_id
    if request.method == "POST":
        ask_for_copy(customer_id=customer_id, language=request.language, at=request.at)
        return to(request, "own_copy")
    values = {"copy": latest_copy(customer_id=customer_id, at=request.at), "days": KEPT_FOR.days}
    values |= _size(values["copy"])
    if request.headers.get("HX-Request"):
        return render(request, "own/_copy.html", values | {"slug": request.tenant_slug, "language": request.language})
    return shown(request, "copy.html", values, here="own_copy")


def _size(found: Any) -> dict[str, Any]:
    return {"size": words.size(found.size) if found else ""}


@require_safe
def file(request: Any, **named: Any) -> HttpResponse:
    """The archive, to whoever it is about, while their visit lasts. That it was fetched is noted afterwards."""
    answer = _file(request, **named)
    if answer.status_code == 200:
        with seeing(request.visitor.tenant_id):
            note_fetched(copy_id=named["copy_id"], at=request.at)
    return answer


@wholly
def _file(request: OwnVisit, copy_id: int) -> HttpResponse:
    try:
        found = copy_of_person(customer_id=visitor_of(request).customer_id, copy_id=copy_id, at=request.at)
    except NoSuchCopy:
        raise Http404 from None
    return archive(found)


def archive(found: CopyLine) -> HttpResponse:
    """The file of a copy that is ready. Raises Http404 for any other."""
    if not found.is_ready:
        raise Http404
    name = f"{current_tenant().slug}-{found.asked_at:%Y-%m-%d}.zip"
    return file_answer(found.stored_as, filename=name, content_type="application/zip")
