"""What the places of the list of concerns are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from golddraht.conversations.queries import Place

PLACE_NAMES = {
    Place.MINE: gettext_lazy("Mine"),
    Place.TEAM: gettext_lazy("My team"),
    Place.PROMISED_TODAY: gettext_lazy("Promised for today"),
    Place.WAITING: gettext_lazy("Waiting"),
    Place.IN_DANGER: gettext_lazy("In danger"),
    Place.SOLVED: gettext_lazy("Solved this week"),
    Place.ALL: gettext_lazy("All"),
    Place.QUIET: gettext_lazy("Needs no answer"),
    Place.SPAM: gettext_lazy("Spam"),
    Place.BLOCKED: gettext_lazy("Blocked"),
    Place.DRAFTS: gettext_lazy("My drafts"),
    Place.MENTIONED: gettext_lazy("For me"),
}
