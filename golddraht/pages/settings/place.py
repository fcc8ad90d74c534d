"""What all settings pages share: the menu of what the viewer may open, and how a page is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise as LazyWords
from django.utils.translation import gettext_lazy as _

from golddraht.pages.doors import Visit, show
from golddraht.team.rules import Act

NAV = "settings"
UNPROCESSABLE = 422

# fmt: off
PLACES: tuple[tuple[str, Act, str, LazyWords, LazyWords], ...] = (
    ("settings_writing", Act.CARE, "pencil", _("How you write"),
     _("How long you can take an answer back, and where you go after one.")),
    ("settings_notices", Act.CARE, "bell", _("Notices"),
     _("Hear on your own devices that something waits, what for, and when it is quiet.")),
    ("settings_people", Act.MANAGE_MEMBERS, "users", _("People"),
     _("Who works here, what they may do, which languages they speak.")),
    ("settings_signing_in", Act.MANAGE_MEMBERS, "shield", _("Signing in"),
     _("Who has a second factor, whether everybody needs one, and where somebody is signed in.")),
    ("settings_teams", Act.CONFIGURE, "clock", _("Teams and hours"),
     _("Opening hours, holidays, and how fast a first answer is promised.")),
    ("settings_absences", Act.PLAN_ABSENCES, "calendar", _("Absences"),
     _("Who will be away, and who stands in.")),
    ("settings_arrivals", Act.CONFIGURE, "split", _("Who gets what"),
     _("Rules that bring a concern to the right team, with a box to try them out.")),
    ("settings_modules", Act.SHAPE_WORK, "file", _("Text modules"),
     _("What is often written, with the customer's name, number and time filled in.")),
    ("settings_macros", Act.SHAPE_WORK, "sparkles", _("Macros"),
     _("Several acts with one key: answer, tag, hand over, set the next touch.")),
    ("settings_tags", Act.SHAPE_WORK, "tag", _("Tags"),
     _("Which tags are used how often; rename them, make one of two, give them a colour and a group.")),
    ("settings_blocked", Act.SHAPE_WORK, "shield", _("Blocked senders"),
     _("Whose mail rests, since when and why, and the way to let them in again.")),
    ("settings_mailboxes", Act.CONFIGURE, "mail", _("Mailboxes"),
     _("Where mail comes in and how it leaves.")),
    ("settings_domains", Act.CONFIGURE, "globe", _("Domains"),
     _("Whether your mail arrives and is believed, and the keys that sign it.")),
    ("settings_keys", Act.CONFIGURE, "lock", _("Keys"),
     _("Opening encrypted mail, and knowing whose signature it is.")),
    ("settings_automatic", Act.CONFIGURE, "message", _("Automatic messages"),
     _("How receipt, interim message and the question whether it is solved are worded.")),
    ("settings_company", Act.CONFIGURE, "building", _("Company"),
     _("Name, language, colour and logo, and what may be sent by itself.")),
    ("settings_companies", Act.FOUND, "store", _("Client companies"),
     _("Found a company that you serve as well, and take back one that was a mistake.")),
    ("settings_asking", Act.CONFIGURE, "star", _("Satisfaction"),
     _("Whether customers are asked how it was, and when that is allowed.")),
    ("settings_consents", Act.CONFIGURE, "hand", _("Consents"),
     _("What customers agree to, in versions, and by whose law it is judged.")),
    ("settings_tokens", Act.CONFIGURE, "key", _("Access for programs"),
     _("Tokens with which your shop or your tools reach the interface.")),
    ("imports", Act.CONFIGURE, "users", _("Imports"),
     _("Bring customers and orders along from CSV, Excel or vCards; try first, mend, undo.")),
    ("orders_file", Act.CONFIGURE, "package", _("Orders to decide about"),
     _("What names somebody who was erased, and waits until you decide.")),
    ("settings_telephone", Act.CONFIGURE, "phone", _("Telephone"),
     _("Who is at which extension, and how your telephone system tells us of calls.")),
    ("settings_webhooks", Act.CONFIGURE, "bell", _("Webhooks"),
     _("Programs that hear at once what happens here.")),
    ("privacy_requests", Act.ERASE, "hand", _("Erasures"),
     _("Who asked to be erased, by when they must have an answer, and what became of it.")),
    ("privacy_archive", Act.CARE, "lock", _("Archive"),
     _("What the law wants kept, sealed, for whoever has the right to open it.")),
    ("privacy_retention", Act.CONFIGURE, "history", _("Retention"),
     _("How long what is kept, by which law, and what goes by itself every day.")),
    ("privacy_record", Act.CONFIGURE, "book", _("Record of processing"),
     _("What personal data are kept for, how long and for whom: the record that Article 30 GDPR asks for.")),
    ("staff_records", Act.CARE, "eye", _("Kept about you"),
     _("Every record about the people who work here, with switches and a template of a works agreement.")),
    ("settings_trail", Act.SEE_AUDIT_TRAIL, "history", _("Audit trail"),
     _("Who saw and changed what, and when.")),
)
# fmt: on
"""The page and who may open it, its sign and title, and a line that says what it is for; in the order of the menu."""


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
        Entry(name, reverse(name, args=[request.viewer.tenant_slug]), icon, str(title), str(text), is_here=name == here)
        for name, act, icon, title, text in PLACES
        if request.viewer.may(act)
    ]


def show_settings(
    request: Visit, template: str, values: dict[str, Any], *, here: str = "", status: int = 200
) -> HttpResponse:
    return show(request, template, {"menu": menu(request, here)} | values, nav=NAV, status=status)


def status_of(*forms: Any) -> int:
    return UNPROCESSABLE if any(form.errors for form in forms) else 200
