"""The audit trail: who saw and changed what. It names fields, never what stood in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from golddraht.pages.doors import Visit, workspace
from golddraht.pages.settings.place import show_settings
from golddraht.pages.sheets import written
from golddraht.plumbing.audit import Asked, trail
from golddraht.team.queries import names_of_members
from golddraht.team.queries.clients import names_of_seats
from golddraht.team.rules import Act

HERE = "settings_trail"
ON_A_PAGE = 50
AT_ONCE = 2000
LARGEST_SHEET = 100_000
"""Lines; whoever needs more asks for less at a time."""


class TrailForm(forms.Form):
    """What is looked for. A link with the same words in its address finds the same."""

    person = forms.ChoiceField(label=_("Who"), required=False)
    verb = forms.ChoiceField(label=_("Did what"), required=False)
    subject = forms.ChoiceField(label=_("With what"), required=False)
    subject_id = forms.IntegerField(label=_("Number in the trail"), required=False, min_value=1, max_value=2**63 - 1)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, names: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anything = ("", gettext("all"))
        for name, choices in (("person", names), ("verb", _verbs()), ("subject", _subjects())):
            field: Any = self.fields[name]
            field.choices = [anything, *sorted(choices.items(), key=lambda one: str(one[1]).casefold())]

    def asked(self) -> Asked:
        """What does not make sense asks for nothing, and the form says so."""
        told = self.cleaned_data if self.is_valid() else {}
        is_client, _, number = told.get("person", "").rpartition("-")
        return Asked(
            actor_id=int(number) if number and not is_client else None,
            seat_id=int(number) if is_client else None,
            verb=told.get("verb", ""),
            subject=told.get("subject", ""),
            subject_id=told.get("subject_id"),
            since=_midnight(told.get("since")),
            until=_midnight(told.get("until"), days=1),
        )


def _midnight(day: date | None, *, days: int = 0) -> datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day, time()) + timedelta(days=days))


def _names() -> dict[str, str]:
    """Everybody whom the trail can name, as the form calls them: members, and people of the client company."""
    seats = {f"client-{pk}": gettext("%(name)s (client)") % {"name": name} for pk, name in names_of_seats().items()}
    return {str(pk): name for pk, name in names_of_members().items()} | seats


@require_safe
@workspace(Act.SEE_AUDIT_TRAIL)
def show_trail(request: Visit) -> HttpResponse:
    names = _names()
    form = TrailForm(request.GET, names=names)
    before = request.GET.get("before", "")
    before_id = int(before) if before.isdecimal() and len(before) < 19 else None
    found = trail(form.asked(), limit=ON_A_PAGE + 1, before_id=before_id)
    shown = found[:ON_A_PAGE]
    url = reverse(HERE, args=[request.viewer.tenant_slug])
    pager = {
        "newer_url": _with(url, request) if before_id else "",
        "older_url": _with(url, request, before=shown[-1].pk) if len(found) > ON_A_PAGE else "",
    }
    values = {
        "form": form,
        "lines": [_line(trace, names) for trace in shown],
        "pager": pager,
        "sheet_url": _with(reverse("settings_trail_sheet", args=[request.viewer.tenant_slug]), request),
    }
    return show_settings(request, "settings/trail.html", values, here=HERE)


def _with(url: str, request: Visit, **more: int) -> str:
    """The address with what is asked for, and without a page."""
    asked = request.GET.copy()
    asked.pop("before", None)
    for name, value in more.items():
        asked[name] = str(value)
    return f"{url}?{asked.urlencode()}" if asked else url


@require_safe
@workspace(Act.SEE_AUDIT_TRAIL)
def trail_sheet(request: Visit) -> HttpResponse:
    """The same lines as a table for spreadsheets, the newest first, up to LARGEST_SHEET of them."""
    names = _names()
    asked = TrailForm(request.GET, names=names).asked()
    head = [
        gettext("When"),
        gettext("Who"),
        gettext("Did what"),
        gettext("With what"),
        gettext("Number"),
        gettext("Fields"),
    ]
    said = written([head, *(_cells(trace, names) for trace in _all(asked))])
    headers = {"Content-Disposition": f'attachment; filename="{request.viewer.tenant_slug}-trail.csv"'}
    return HttpResponse(said, content_type="text/csv; charset=utf-8", headers=headers)


def _all(asked: Asked) -> Iterator[Any]:
    count, before_id = 0, None
    while count < LARGEST_SHEET:
        found = trail(asked, limit=AT_ONCE, before_id=before_id)
        yield from found
        if len(found) < AT_ONCE:
            return
        count, before_id = count + len(found), found[-1].pk


def _cells(trace: Any, names: dict[str, str]) -> list[str | int]:
    line = _line(trace, names)
    moment = timezone.localtime(trace.at).isoformat(timespec="seconds")
    return [moment, line["who"], line["verb"], line["subject"], trace.subject_id, line["fields"]]


def _line(trace: Any, names: dict[str, str]) -> dict[str, Any]:
    key = f"client-{trace.seat_id}" if trace.seat_id else str(trace.actor_id)
    return {
        "at": trace.at,
        "who": names.get(key, "") or gettext("by itself, or a customer"),
        "verb": _verb(trace.verb),
        "subject": _subject(trace.subject),
        "subject_id": trace.subject_id,
        "fields": ", ".join(trace.fields),
    }


def _verb(verb: str) -> str:
    return _verbs().get(verb, verb)


def _verbs() -> dict[str, str]:
    return {
        "see": gettext("looked at"),
        "insert": gettext("added"),
        "update": gettext("changed"),
        "delete": gettext("removed"),
    }


def _subject(table: str) -> str:
    return _subjects().get(table, table)


def _subjects() -> dict[str, str]:
    return {
        "customers_customer": gettext("customer"),
        "customers_contactpoint": gettext("contact of a customer"),
        "customers_organisation": gettext("organisation"),
        "conversations_conversation": gettext("concern"),
        "conversations_message": gettext("message"),
        "conversations_note": gettext("note"),
        "conversations_solution": gettext("solution"),
        "conversations_goodwill": gettext("goodwill"),
        "promises_promise": gettext("promise"),
        "promises_option": gettext("option"),
        "conversations_tag": gettext("tag"),
        "conversations_blockedsender": gettext("blocked sender"),
        "channels_mailbox": gettext("mailbox"),
        "channels_maildomain": gettext("domain"),
        "channels_domainkey": gettext("key that signs mail"),
        "conversations_automatictext": gettext("wording of an automatic message"),
        "channels_ownkey": gettext("key that opens encrypted mail"),
        "channels_knownkey": gettext("key of somebody who writes"),
        "channels_signin": gettext("connection of a mailbox"),
        "team_team": gettext("team"),
        "team_openingspan": gettext("opening hours"),
        "team_closedday": gettext("closed day"),
        "team_seat": gettext("seat in a team"),
        "team_absence": gettext("absence"),
        "team_arrivalrule": gettext("arrival rule"),
        "team_membership": gettext("person"),
        "team_invitation": gettext("invitation"),
        "telephone_extension": gettext("extension"),
        "programs_webhook": gettext("webhook"),
        "team_apitoken": gettext("access for a program"),
        "plumbing_tenant": gettext("company"),
        "team_founding": gettext("founding of a company"),
        "team_logo": gettext("logo"),
    }
