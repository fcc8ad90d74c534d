"""Imports: send a file, say what its columns mean, look, try, take over, undo."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from golddraht.imports import operations as importing
from golddraht.imports.operations import ImportRefused
from golddraht.imports.operations.previewing import preview
from golddraht.imports.queries import (
    bad_rows,
    count_apart,
    doubtful_rows,
    first_rows,
    import_for,
    imports_for,
    mapping_for,
    mappings_of,
    sources_for,
)
from golddraht.imports.rules.states import State
from golddraht.imports.rules.subjects import CUSTOMERS
from golddraht.pages.doors import Visit, is_part, workspace
from golddraht.pages.fields import sent
from golddraht.pages.imports.forms import FileForm
from golddraht.pages.imports.sampling import ORDERS, ORDERS_NAME, SAMPLE, SAMPLE_NAME
from golddraht.pages.imports.shown import (
    bad_shown,
    columns_shown,
    doubtful_shown,
    facts_of_file,
    import_line,
    meanings,
    row_shown,
)
from golddraht.pages.imports.wording import refusal_words
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.plumbing import clock
from golddraht.team.rules import Act

HERE = "imports"
BEFORE_IT_RUNS = (State.MAPPING, State.TRIED)


@workspace(Act.CONFIGURE)
def list_imports(request: Visit) -> HttpResponse:
    """All of them, and the form for the next one."""
    form = FileForm(sent(request), request.FILES or None)
    if form.is_valid() and (kept := _kept(request, form)):
        return redirect("import", request.viewer.tenant_slug, kept.pk)
    values = {
        "lines": [import_line(one, request.viewer.tenant_slug) for one in imports_for(viewer=request.viewer)],
        "sources": sources_for(viewer=request.viewer),
        "form": form,
    }
    return show_settings(request, "imports/list.html", values, here=HERE, status=status_of(form))


def _kept(request: Visit, form: FileForm) -> Any:
    told, at = form.cleaned_data, clock.now()
    try:
        source = importing.open_source(name=told["source"], kind=told["kind"], at=at)
        return importing.keep_file(
            source_id=source.pk,
            file=told["file"],
            file_name=told["file"].name,
            by=request.viewer.membership_id,
            at=at,
            about=told["about"],
        )
    except ImportRefused as refusal:
        form.add_error("source" if refusal.reason in ("SOURCE", "KIND") else "file", refusal_words(refusal.reason))
    return None


@require_safe
@workspace(Act.CONFIGURE)
def show_import(request: Visit, import_id: int) -> HttpResponse:
    """One import as far as it is; only its part where it refreshes itself."""
    file = import_for(viewer=request.viewer, import_id=import_id)
    line = import_line(file, request.viewer.tenant_slug)
    values = {"line": line, "file": file, **facts_of_file(file)}
    values |= _of_rows(request, file) if not line.is_at_work else {}
    if is_part(request):
        return render(request, "imports/show.html#import", {"viewer": request.viewer} | values)
    return show_settings(request, "imports/show.html", values, here=HERE)


def _of_rows(request: Visit, file: Any) -> dict[str, Any]:
    slug, state = request.viewer.tenant_slug, file.state
    told: dict[str, Any] = {"may_go_away": state in (State.UNREADABLE, State.UNDONE, *BEFORE_IT_RUNS)}
    if state in BEFORE_IT_RUNS:
        rows = first_rows(import_id=file.pk, limit=30)
        told["columns"] = columns_shown(file, rows)
        told["targets"] = meanings(file).items()
        told["preview"] = (
            [row_shown(file, one) for one in preview(file=file, at=clock.now())] if any(file.targets) else []
        )
        told["mappings"] = mappings_of(source_id=file.source_id)
    if state in (State.TRIED, State.DONE):
        told["bad"] = bad_shown(bad_rows(import_id=file.pk), slug, file.pk)
        told["apart"] = 0 if file.about == CUSTOMERS else count_apart(import_id=file.pk)
        told["doubtful"] = doubtful_shown(doubtful_rows(import_id=file.pk), slug)
    return told


@require_POST
@workspace(Act.CONFIGURE)
def map_import(request: Visit, import_id: int) -> HttpResponse:
    """What the columns mean; kept under a name if one is given."""
    file = import_for(viewer=request.viewer, import_id=import_id)
    targets = [request.POST.get(f"target{index}", "") for index in range(len(file.columns))]
    name = request.POST.get("keep_as", "").strip() if "keep" in request.POST else ""
    return _done(
        request,
        import_id,
        lambda: importing.map_columns(
            import_id=import_id, targets=targets, by=request.viewer.membership_id, at=clock.now(), keep_as=name
        ),
        gettext("Kept. Below you see how the first rows are understood now."),
    )


@require_POST
@workspace(Act.CONFIGURE)
def try_import(request: Visit, import_id: int) -> HttpResponse:
    return _done(request, import_id, lambda: importing.try_out(import_id=import_id, at=clock.now()))


@require_POST
@workspace(Act.CONFIGURE)
def take_import(request: Visit, import_id: int) -> HttpResponse:
    return _done(request, import_id, lambda: importing.take_over(import_id=import_id, at=clock.now()))


@require_POST
@workspace(Act.CONFIGURE)
def undo_import(request: Visit, import_id: int) -> HttpResponse:
    return _done(request, import_id, lambda: importing.undo(import_id=import_id, at=clock.now()))


@require_POST
@workspace(Act.CONFIGURE)
def throw_import_away(request: Visit, import_id: int) -> HttpResponse:
    import_for(viewer=request.viewer, import_id=import_id)
    try:
        importing.throw_away(import_id=import_id)
    except ImportRefused as refusal:
        messages.error(request, refusal_words(refusal.reason))
        return redirect("import", request.viewer.tenant_slug, import_id)
    messages.success(request, gettext("Thrown away: the file and its rows are gone."))
    return redirect(HERE, request.viewer.tenant_slug)


@require_POST
@workspace(Act.CONFIGURE)
def forget(request: Visit, mapping_id: int) -> HttpResponse:
    mapping = mapping_for(viewer=request.viewer, mapping_id=mapping_id)
    importing.forget_mapping(mapping_id=mapping.pk)
    messages.success(request, gettext("Forgotten."))
    return redirect(HERE, request.viewer.tenant_slug)


def _done(request: Visit, import_id: int, act: Any, words: str = "") -> HttpResponse:
    """Do it if the import is the viewer's, and go back to its page."""
    import_for(viewer=request.viewer, import_id=import_id)
    try:
        act()
    except ImportRefused as refusal:
        messages.error(request, refusal_words(refusal.reason))
    else:
        if words:
            messages.success(request, words)
    return redirect("import", request.viewer.tenant_slug, import_id)


@require_safe
@workspace(Act.CONFIGURE)
def sample(request: Visit) -> HttpResponse:
    """A file to try it with, as odd as real ones are; of orders where they are asked for."""
    name, text = (ORDERS_NAME, ORDERS) if request.GET.get("about") == "order" else (SAMPLE_NAME, SAMPLE)
    answer = HttpResponse(text.encode("cp1252"), content_type="text/csv; charset=windows-1252")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
