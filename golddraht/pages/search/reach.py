"""Where the palette reaches without a word typed: every place the viewer may open, and everything they may begin.

The list is fetched when the palette opens first, so that no page carries it. Each has further words by which a colleague would
look for it, in both languages, because who works in one often thinks in the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise as LazyWords
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from golddraht.pages import keys
from golddraht.pages.doors import Visit, signed_in, workspace
from golddraht.pages.inbox.named import PLACE_NAMES
from golddraht.pages.inbox.place import key_of, list_url
from golddraht.pages.search.called import ACTS_CALLED, CALLED
from golddraht.pages.settings.place import PLACES
from golddraht.search.queries import pinned_filters
from golddraht.team.queries import Viewer, viewers_of
from golddraht.team.rules import Act

Known = tuple[str, Act, str, LazyWords]
BEGUN_ELSEWHERE = ("enter", "write_first")
"""They stand among the places of the keys, and are acts."""

# fmt: off
BEGINNINGS: tuple[Known, ...] = (
    ("new_article", Act.CARE, "book", _("Write an article")),
    ("new_promise", Act.CARE, "clock", _("Promise something")),
    ("new_problem", Act.CARE, "flag", _("Open a problem")),
    ("new_filter", Act.CARE, "bookmark", _("Keep a filter")),
    ("disturbance", Act.ANNOUNCE_DISTURBANCE, "alert", _("Announce a disturbance")),
    ("settings_absences", Act.PLAN_ABSENCES, "calendar", _("Plan an absence")),
    ("settings_new_module", Act.SHAPE_WORK, "file", _("Write a text module")),
    ("settings_new_macro", Act.SHAPE_WORK, "sparkles", _("Make a macro")),
    ("settings_unite_tags", Act.SHAPE_WORK, "tag", _("Make one tag of two")),
    ("settings_invite", Act.MANAGE_MEMBERS, "user-plus", _("Invite somebody")),
    ("settings_new_team", Act.CONFIGURE, "users", _("Form a team")),
    ("settings_assistant", Act.CONFIGURE, "mail", _("Set up a mailbox")),
    ("settings_found", Act.FOUND, "building", _("Found a company")),
    ("settings_new_own_key", Act.CONFIGURE, "key", _("Add a key of ours")),
)
FURTHER: tuple[Known, ...] = (
    ("refinery", Act.CARE, "sparkles", _("Data refinery")),
    ("golden_rules", Act.CARE, "book", _("How it is decided what holds")),
    ("questions", Act.CARE, "help", _("Questions without an answer")),
    ("own_figures", Act.CARE, "chart", _("My own figures")),
    ("statement", Act.SEE_FIGURES, "chart", _("Statement")),
    ("quiet", Act.REVIEW_NO_ANSWER, "eye-off", pgettext_lazy("place", "What needed no answer")),
    ("filters", Act.CARE, "bookmark", _("Saved filters")),
)
# fmt: on


@dataclass(frozen=True)
class Aim:
    """What can be gone to: `called` are further words for it."""

    url: str
    text: str
    icon: str
    called: str = ""
    keys: str = ""


@dataclass(frozen=True)
class Aims:
    title: str
    aims: list[Aim]


@require_safe
@workspace()
def palette_places(request: Visit) -> HttpResponse:
    """The groups of the palette that hold whatever page is open."""
    slug = request.viewer.tenant_slug
    parts = [
        Aims(gettext("Begin something"), [*_begun(slug), *_known(BEGINNINGS, request.viewer)]),
        Aims(gettext("Places"), [*_of_the_rail(request.viewer), *_known(FURTHER, request.viewer)]),
        Aims(gettext("Lists of concerns"), [*_lists(request.viewer)]),
        Aims(gettext("Settings"), [*_settings(request.viewer)]),
        Aims(gettext("For whom you speak"), [*_clients(request)]),
        Aims(gettext("You"), [_out()]),
    ]
    return render(request, "search/reach.html", {"parts": [part for part in parts if part.aims], "acts": ACTS_CALLED})


def _aim_of(key: keys.Key) -> Aim:
    return Aim(key.url, key.text, key.icon, CALLED.get(key.place, ""), key.keys)


def _begun(slug: str) -> Iterator[Aim]:
    return (_aim_of(key) for key in keys.places(slug) if key.place in BEGUN_ELSEWHERE)


def _of_the_rail(viewer: Viewer) -> Iterator[Aim]:
    for key in keys.places(viewer.tenant_slug):
        if key.place not in BEGUN_ELSEWHERE and (key.place != "lead" or viewer.may(Act.REVIEW_NO_ANSWER)):
            yield _aim_of(key)
    if viewer.is_demo:
        url = reverse("catcher", args=[viewer.tenant_slug])
        yield Aim(url, gettext("What customers see"), "smartphone", CALLED["catcher"])


def _known(known: tuple[Known, ...], viewer: Viewer) -> Iterator[Aim]:
    for name, act, icon, text in known:
        if viewer.may(act):
            yield Aim(reverse(name, args=[viewer.tenant_slug]), str(text), icon, CALLED.get(name, ""))


def _lists(viewer: Viewer) -> Iterator[Aim]:
    for place, text in PLACE_NAMES.items():
        yield Aim(list_url(viewer, place), str(text), "inbox", CALLED[f"inbox {place}"], keys.OF_LISTS.get(place, ""))
    for one in pinned_filters(viewer=viewer):
        yield Aim(list_url(viewer, key_of(one)), one.name, "bookmark")


def _settings(viewer: Viewer) -> Iterator[Aim]:
    for name, act, icon, title, text in PLACES:
        if viewer.may(act):
            called = f"{CALLED.get(name, '')} {text}"
            yield Aim(reverse(name, args=[viewer.tenant_slug]), str(title), icon, called)


def _out() -> Aim:
    return Aim(reverse("account_logout"), gettext("Sign out"), "log-out", CALLED["account_logout"])


def _clients(request: Visit) -> Iterator[Aim]:
    viewers = viewers_of(user_id=signed_in(request))
    if len(viewers) > 1:
        yield from (_aim_of(key) for key in keys.clients(viewers))
