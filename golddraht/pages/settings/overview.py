"""The settings at a glance; everybody finds their own sign-in here."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from golddraht.pages.doors import Visit, workspace
from golddraht.pages.settings.place import Entry, show_settings
from golddraht.team.queries.signing_in import lacks_second_factor


@require_safe
@workspace()
def overview(request: Visit) -> HttpResponse:
    return show_settings(request, "settings/overview.html", {"own": _own(), "asked_from": asked_from(request)})


def asked_from(request: Visit) -> datetime | None:
    """When the company begins to ask for the second factor that the viewer does not have yet."""
    return request.viewer.second_factor_from if lacks_second_factor(request.viewer) else None


def _own() -> list[Entry]:
    return [
        Entry(
            "password",
            reverse("account_change_password"),
            "lock",
            gettext("Your password"),
            gettext("Choose another one."),
        ),
        Entry(
            "second_factor",
            reverse("mfa_index"),
            "shield",
            gettext("Your second factor"),
            gettext("An app, a passkey, and codes for the day when the telephone is lost."),
        ),
        Entry(
            "devices",
            reverse("usersessions_list"),
            "smartphone",
            gettext("Your devices"),
            gettext("Where you are signed in, and signing out elsewhere."),
        ),
    ]
