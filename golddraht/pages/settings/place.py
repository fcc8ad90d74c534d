"""What all settings pages share: the menu of what the viewer may open, and how a page is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from golddraht.pages.doors import Visit, show
from golddraht.team.rules import Act

NAV = "settings"
UNPROCESSABLE = 422


@dataclass(frozen=True)
class Entry:
    """A place in the settings."""

    name: str
    url: str
    icon: str
    title: str
    text: str
    is_here: bool = False


def menu(request: Visit, here: str = "") -> list[Entry]:
    """The places that the viewer may open, in their order."""
    return [
        Entry(name, reverse(name, args=[request.viewer.tenant_slug]), icon, title, text, is_here=name == here)
        for name, act, icon, title, text in _places()
        if request.viewer.may(act)
    ]


def _places() -> list[tuple[str, Act, str, str, str]]:
    return [
        (
            "settings_writing",
            Act.CARE,
            "pencil",
            gettext("How you write"),
            gettext("How long you can take an answer back, and where you go after one."),
        ),
        (
            "settings_notices",
            Act.CARE,
            "bell",
            gettext("Notices"),
            gettext("Hear on your own devices that something waits, what for, and when it is quiet."),
        ),
        (
            "settings_people",
            Act.MANAGE_MEMBERS,
            "users",
            gettext("People"),
            gettext("Who works here, what they may do, which languages they speak."),
        ),
        (
            "settings_signing_in",
            Act.MANAGE_MEMBERS,
            "shield",
            gettext("Signing in"),
            gettext("Who has a second factor, whether everybody needs one, and where somebody is signed in."),
        ),
        (
            "settings_teams",
            Act.CONFIGURE,
            "clock",
            gettext("Teams and hours"),
            gettext("Opening hours, holidays, and how fast a first answer is promised."),
        ),
        (
            "settings_absences",
            Act.PLAN_ABSENCES,
            "calendar",
            gettext("Absences"),
            gettext("Who will be away, and who stands in."),
        ),
        (
            "settings_arrivals",
            Act.CONFIGURE,
            "split",
            gettext("Who gets what"),
            gettext("Rules that bring a concern to the right team, with a box to try them out."),
        ),
        (
            "settings_modules",
            Act.SHAPE_WORK,
            "file",
            gettext("Text modules"),
            gettext("What is often written, with the customer's name, number and time filled in."),
        ),
        (
            "settings_macros",
            Act.SHAPE_WORK,
            "sparkles",
            gettext("Macros"),
            gettext("Several acts with one key: answer, tag, hand over, set the next touch."),
        ),
        (
            "settings_tags",
            Act.SHAPE_WORK,
            "tag",
            gettext("Tags"),
            gettext("Which tags are used how often; rename them, make one of two, give them a colour and a group."),
        ),
        (
            "settings_blocked",
            Act.SHAPE_WORK,
            "shield",
            gettext("Blocked senders"),
            gettext("Whose mail rests, since when and why, and the way to let them in again."),
        ),
        (
            "settings_mailboxes",
            Act.CONFIGURE,
            "mail",
            gettext("Mailboxes"),
            gettext("Where mail comes in and how it leaves."),
        ),
        (
            "settings_domains",
            Act.CONFIGURE,
            "globe",
            gettext("Domains"),
            gettext("Whether your mail arrives and is believed, and the keys that sign it."),
        ),
        (
            "settings_keys",
            Act.CONFIGURE,
            "lock",
            gettext("Keys"),
            gettext("Opening encrypted mail, and knowing whose signature it is."),
        ),
        (
            "settings_automatic",
            Act.CONFIGURE,
            "message",
            gettext("Automatic messages"),
            gettext("How receipt, interim message and the question whether it is solved are worded."),
        ),
        (
            "settings_company",
            Act.CONFIGURE,
            "building",
            gettext("Company"),
            gettext("Name, language, and what may be sent by itself."),
        ),
        (
            "settings_asking",
            Act.CONFIGURE,
            "star",
            gettext("Satisfaction"),
            gettext("Whether customers are asked how it was, and when that is allowed."),
        ),
        (
            "settings_consents",
            Act.CONFIGURE,
            "hand",
            gettext("Consents"),
            gettext("What customers agree to, in versions, and by whose law it is judged."),
        ),
        (
            "settings_tokens",
            Act.CONFIGURE,
            "key",
            gettext("Access for programs"),
            gettext("Tokens with which your shop or your tools reach the interface."),
        ),
        (
            "imports",
            Act.CONFIGURE,
            "users",
            gettext("Imports"),
            gettext("Bring customers along from CSV, Excel or vCards; try first, mend, undo."),
        ),
        (
            "orders_file",
            Act.CONFIGURE,
            "package",
            gettext("Orders from a file"),
            gettext("Orders, deliveries, visits and returns as CSV, and rows that have to be mended."),
        ),
        (
            "settings_telephone",
            Act.CONFIGURE,
            "phone",
            gettext("Telephone"),
            gettext("Who is at which extension, and how your telephone system tells us of calls."),
        ),
        (
            "settings_webhooks",
            Act.CONFIGURE,
            "bell",
            gettext("Webhooks"),
            gettext("Programs that hear at once what happens here."),
        ),
        (
            "privacy_requests",
            Act.ERASE,
            "hand",
            gettext("Erasures"),
            gettext("Who asked to be erased, by when they must have an answer, and what became of it."),
        ),
        (
            "privacy_record",
            Act.CONFIGURE,
            "book",
            gettext("Record of processing"),
            gettext(
                "What personal data are kept for, how long and for whom: the record that Article 30 GDPR asks for."
            ),
        ),
        (
            "staff_records",
            Act.CARE,
            "eye",
            gettext("Kept about you"),
            gettext("Every record about the people who work here, with switches and a template of a works agreement."),
        ),
        (
            "settings_trail",
            Act.SEE_AUDIT_TRAIL,
            "history",
            gettext("Audit trail"),
            gettext("Who saw and changed what, and when."),
        ),
    ]


def show_settings(
    request: Visit, template: str, values: dict[str, Any], *, here: str = "", status: int = 200
) -> HttpResponse:
    return show(request, template, {"menu": menu(request, here)} | values, nav=NAV, status=status)


def status_of(*forms: Any) -> int:
    return UNPROCESSABLE if any(form.errors for form in forms) else 200
