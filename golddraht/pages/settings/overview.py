"""The settings at a glance; everybody finds their own sign-in here."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from golddraht.pages.doors import Visit, workspace
from golddraht.pages.settings.place import Entry, show_settings


@require_safe
@workspace()
def overview(request: Visit) -> HttpResponse:
    return show_settings(request, "settings/overview.html", {"own": _own()})


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
