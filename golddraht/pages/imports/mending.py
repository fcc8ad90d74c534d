"""Rows that could not be taken over: as a form, as a sheet, without what is wrong, or not at all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from golddraht.imports import operations as importing
from golddraht.imports.operations import ImportRefused
from golddraht.imports.operations.sheets import ROW
from golddraht.imports.queries import bad_row, bad_rows, import_for
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.fields import sent
from golddraht.pages.imports.forms import RowForm
from golddraht.pages.imports.shown import reasons_of
from golddraht.pages.imports.views import HERE
from golddraht.pages.imports.wording import refusal_words
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.pages.sheets import written
from golddraht.plumbing import clock
from golddraht.team.rules import Act


@workspace(Act.CONFIGURE)
def mend_row(request: Visit, import_id: int, row_number: int) -> HttpResponse:
    """One row as a form; sent off, it is tried again at once."""
    file, number = import_for(viewer=request.viewer, import_id=import_id), row_number
    row = bad_row(import_id=import_id, number=number)
    form = RowForm(file.columns, row.cells, sent(request))
    if form.is_valid() and _is_good_now(request, import_id, number, form):
        return redirect("import", request.viewer.tenant_slug, import_id)
    if form.is_bound:
        row = bad_row(import_id=import_id, number=number)
    reasons = reasons_of(file, row)
    values = {"file": file, "form": form, "number": number, "reasons": reasons}
    return show_settings(request, "imports/row.html", values, here=HERE, status=status_of(form))


def _is_good_now(request: Visit, import_id: int, number: int, form: RowForm) -> bool:
    try:
        good = importing.mend_rows(import_id=import_id, cells={number: form.cells()}, at=clock.now())
    except ImportRefused as refusal:
        form.add_error(None, refusal_words(refusal.reason))
        return False
    if not good:
        form.add_error(
            None, gettext("It is kept like that, and still cannot be taken over. What is wrong stands above.")
        )
        return False
    messages.success(request, gettext("Mended: the row is good now."))
    return True


@require_safe
@workspace(Act.CONFIGURE)
def bad_sheet(request: Visit, import_id: int) -> HttpResponse:
    """All bad rows with their reasons, to be mended in a spreadsheet and sent again."""
    file = import_for(viewer=request.viewer, import_id=import_id)
    rows: list[list[Any]] = [
        [row.number, *row.cells, " ".join(reasons_of(file, row))] for row in bad_rows(import_id=import_id, limit=None)
    ]
    head: list[Any] = [ROW, *file.columns, gettext("Reason")]
    answer = HttpResponse(written([head, *rows]), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="import-{file.pk}.csv"'
    return answer


@require_POST
@workspace(Act.CONFIGURE)
def mended(request: Visit, import_id: int) -> HttpResponse:
    """The sheet comes back."""
    import_for(viewer=request.viewer, import_id=import_id)
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, gettext("Choose a file first."))
        return redirect("import", request.viewer.tenant_slug, import_id)
    try:
        good, whole = importing.mend_from_sheet(import_id=import_id, content=file, size=file.size or 0, at=clock.now())
    except ImportRefused as refusal:
        messages.error(request, refusal_words(refusal.reason))
    else:
        told = ngettext("%(good)s of %(whole)s row is good now.", "%(good)s of %(whole)s rows are good now.", whole)
        messages.success(request, told % {"good": good, "whole": whole})
    return redirect("import", request.viewer.tenant_slug, import_id)


@require_POST
@workspace(Act.CONFIGURE)
def without(request: Visit, import_id: int) -> HttpResponse:
    """Take bad rows over without the values that cannot be understood."""
    import_for(viewer=request.viewer, import_id=import_id)
    try:
        good = importing.take_without(import_id=import_id, numbers=_numbers(request), at=clock.now())
    except ImportRefused as refusal:
        messages.error(request, refusal_words(refusal.reason))
    else:
        told = ngettext("%(count)s row is good now.", "%(count)s rows are good now.", good)
        messages.success(request, told % {"count": good})
    return redirect("import", request.viewer.tenant_slug, import_id)


@require_POST
@workspace(Act.CONFIGURE)
def leave(request: Visit, import_id: int) -> HttpResponse:
    """These rows are not wanted."""
    import_for(viewer=request.viewer, import_id=import_id)
    try:
        count = importing.leave_rows(import_id=import_id, numbers=_numbers(request), at=clock.now())
    except ImportRefused as refusal:
        messages.error(request, refusal_words(refusal.reason))
    else:
        told = ngettext("%(count)s row is left.", "%(count)s rows are left.", count)
        messages.success(request, told % {"count": count})
    return redirect("import", request.viewer.tenant_slug, import_id)


@require_POST
@workspace(Act.CONFIGURE)
def let_in(request: Visit, import_id: int) -> HttpResponse:
    """Take over a row about somebody who was erased, for a reason."""
    import_for(viewer=request.viewer, import_id=import_id)
    number, why = next(iter(_numbers(request) or []), 0), request.POST.get("why", "")
    try:
        good = importing.let_in(import_id=import_id, number=number, why=why, at=clock.now())
    except ImportRefused as refusal:
        messages.error(request, refusal_words(refusal.reason))
    else:
        told = ngettext("%(count)s row is good now.", "%(count)s rows are good now.", good)
        messages.success(request, told % {"count": good})
    return redirect("import", request.viewer.tenant_slug, import_id)


def _numbers(request: Visit) -> list[int] | None:
    """The row that was named; all where none was."""
    number = request.POST.get("number", "")
    return [int(number)] if number.isdecimal() and len(number) < 10 else None
