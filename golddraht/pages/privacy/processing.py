"""The record of processing activities: to look at, to print, and as tables; in German or English."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from golddraht.pages.doors import Visit, workspace
from golddraht.pages.settings.place import show_settings
from golddraht.pages.sheets import written
from golddraht.plumbing import clock
from golddraht.privacy.queries import Processing, as_plain, chosen_months, protection, record_of_processing
from golddraht.team.queries import current_tenant
from golddraht.team.rules import Act

HERE = "privacy_record"
LANGUAGES = ("de", "en")


@require_safe
@workspace(Act.CONFIGURE)
def record(request: Visit) -> HttpResponse:
    today = clock.now().date()
    with translation.override(_language(request, request.viewer.language)):
        values = {
            "activities": record_of_processing(country=current_tenant().country, on=today, months=chosen_months()),
            "protection": protection(),
            "today": today,
            "country": current_tenant().country,
            "language": translation.get_language(),
        }
        return show_settings(request, "privacy/record.html", values, here=HERE)


def _language(request: HttpRequest, own: str) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else own


@require_safe
@workspace(Act.CONFIGURE)
def record_sheet(request: Visit) -> HttpResponse:
    """Every activity, or with `fields=1` every single field, as a table for spreadsheets."""
    with translation.override(_language(request, request.viewer.language)):
        is_fields = request.GET.get("fields") == "1"
        country, today = current_tenant().country, clock.now().date()
        rows = (
            _fields(country, today)
            if is_fields
            else _activities(record_of_processing(country=country, on=today, months=chosen_months()))
        )
        said = written(rows)
    name = "data-catalogue" if is_fields else "record-of-processing"
    headers = {"Content-Disposition": f'attachment; filename="{request.viewer.tenant_slug}-{name}.csv"'}
    return HttpResponse(said, content_type="text/csv; charset=utf-8", headers=headers)


def _activities(record: list[Processing]) -> Iterator[list[str]]:
    yield [
        gettext("Activity"),
        gettext("Purpose"),
        gettext("Legal basis"),
        gettext("Whom it is about"),
        gettext("Kinds of data"),
        gettext("Recipients"),
        gettext("Source"),
        gettext("How long"),
        gettext("When somebody is erased"),
    ]
    for one in record:
        kept = "; ".join(
            " ".join(filter(None, (f"{kept.title}: {kept.length}", _bracketed(kept.source)))) for kept in one.keeping
        )
        yield [
            one.title,
            one.purpose,
            one.basis,
            one.people,
            ", ".join(one.kinds),
            one.recipients,
            one.source,
            kept,
            "; ".join(one.erasure),
        ]


def _bracketed(words: str) -> str:
    return f"({words})" if words else ""


def _fields(country: str, today: date) -> Iterator[list[str]]:
    yield [
        gettext("Table"),
        gettext("Field"),
        gettext("Holds"),
        gettext("Personal"),
        gettext("Purpose"),
        gettext("Legal basis"),
        gettext("Class of keeping"),
        gettext("Recipients"),
        gettext("Source"),
        gettext("When somebody is erased"),
        gettext("Why it is not personal"),
    ]
    for one in as_plain(country=country, on=today)["fields"]:
        yield [
            one["table"],
            one["field"],
            one["holds_words"],
            gettext("yes") if one["personal"] else gettext("no"),
            one.get("purpose", ""),
            one.get("basis", ""),
            ", ".join(one.get("retention", [])),
            one.get("recipients", ""),
            one.get("source", ""),
            one.get("erasure", ""),
            one.get("reason", ""),
        ]
