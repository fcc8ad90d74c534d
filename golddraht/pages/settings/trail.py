"""The audit trail: who saw and changed what. It names fields, never what stood in them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from golddraht.pages.doors import Visit, workspace
from golddraht.pages.settings.place import show_settings
from golddraht.plumbing.audit import trail
from golddraht.team.queries import names_of_members
from golddraht.team.rules import Act

HERE = "settings_trail"
ON_A_PAGE = 50


@require_safe
@workspace(Act.SEE_AUDIT_TRAIL)
def show_trail(request: Visit) -> HttpResponse:
    before = request.GET.get("before", "")
    before_id = int(before) if before.isdecimal() and len(before) < 19 else None
    found = trail(limit=ON_A_PAGE + 1, before_id=before_id)
    names, shown = names_of_members(), found[:ON_A_PAGE]
    url = reverse(HERE, args=[request.viewer.tenant_slug])
    pager = {
        "newer_url": url if before_id else "",
        "older_url": f"{url}?before={shown[-1].pk}" if len(found) > ON_A_PAGE else "",
    }
    values = {"lines": [_line(trace, names) for trace in shown], "pager": pager}
    return show_settings(request, "settings/trail.html", values, here=HERE)


def _line(trace: Any, names: dict[int, str]) -> dict[str, Any]:
    return {
        "at": trace.at,
        "who": names.get(trace.actor_id, "") or gettext("by itself, or a customer"),
        "verb": _verb(trace.verb),
        "subject": _subject(trace.subject),
        "subject_id": trace.subject_id,
        "fields": ", ".join(trace.fields),
    }


def _verb(verb: str) -> str:
    words = {
        "see": gettext("looked at"),
        "insert": gettext("added"),
        "update": gettext("changed"),
        "delete": gettext("removed"),
    }
    return words.get(verb, verb)


def _subject(table: str) -> str:
    words = {
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
    }
    return words.get(table, table)
