"""Keys that save time: one table, from which the help is shown and by which the keys work, so that the two cannot differ.

The page carries the help as a dialog; `behaviours/keys.js` reads the keys out of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from golddraht.conversations.queries import Place
from golddraht.pages.inbox.named import PLACE_NAMES
from golddraht.team.queries import Viewer

KEYS_OF_CLIENTS = 9
OF_LISTS = {
    Place.MINE: "g o",
    Place.TEAM: "g n",
    Place.PROMISED_TODAY: "g j",
    Place.MENTIONED: "g v",
    Place.DRAFTS: "g u",
    Place.WAITING: "g w",
    Place.IN_DANGER: "g g",
    Place.SOLVED: "g z",
    Place.QUIET: "g q",
    Place.ALL: "g l",
    Place.SPAM: "g x",
    Place.BLOCKED: "g y",
}
"""Where in the list of concerns; the letters of the rail's places were taken before."""


@dataclass(frozen=True)
class Key:
    """What a key does: it goes to a `place` (the name of an address), it presses or enters what carries `act` on the page, or
    it tells the page an `event`. One that has none of them works where something has the focus and is only explained."""

    keys: str
    text: str
    place: str = ""
    act: str = ""
    event: str = ""
    icon: str = ""
    url: str = ""

    @property
    def strokes(self) -> list[str]:
        """One after the other, as the keyboard names them; "Ctrl+K" is one stroke."""
        return self.keys.replace("Ctrl", gettext("Ctrl")).split(" ")


@dataclass(frozen=True)
class Group:
    title: str
    keys: list[Key]


def places(slug: str) -> list[Key]:
    """Where one can go, in the order of the rail; the palette lists them, too."""
    found = [
        Key("g d", gettext("Today"), place="today", icon="sun"),
        Key("g i", gettext("Concerns"), place="inbox", icon="inbox"),
        Key("g s", gettext("Search"), place="search", icon="search"),
        Key("g p", gettext("Promised for today"), place="promises", icon="clock"),
        Key("g c", gettext("Customers"), place="customers", icon="users"),
        Key("g k", gettext("Knowledge"), place="knowledge", icon="book"),
        Key("g b", gettext("Problems"), place="problems", icon="flag"),
        Key("g t", gettext("Team"), place="lead", icon="activity"),
        Key("g f", gettext("Figures"), place="figures", icon="chart"),
        Key("g a", gettext("Calls"), place="calls", icon="phone"),
        Key("g h", gettext("Is everything well?"), place="health", icon="heart"),
        Key("g e", gettext("Settings"), place="settings", icon="settings"),
        Key("c", gettext("Enter a concern"), place="enter", icon="plus"),
        Key("w", gettext("Write to a customer first"), place="write_first", icon="pencil"),
    ]
    return [Key(one.keys, one.text, one.place, icon=one.icon, url=reverse(one.place, args=[slug])) for one in found]


def lists(slug: str) -> list[Key]:
    """The places of the list of concerns."""
    inbox = reverse("inbox", args=[slug])
    return [
        Key(keys, str(PLACE_NAMES[one]), place="inbox", icon="inbox", url=f"{inbox}?place={one}")
        for one, keys in OF_LISTS.items()
    ]


def clients(viewers: Sequence[Viewer]) -> list[Key]:
    """All companies of somebody who serves several, and each of them; the first nine have a key."""
    found = [Key("g m", gettext("All clients"), place="clients", icon="building", url=reverse("clients"))]
    for number, one in enumerate(viewers, start=1):
        keys = f"g {number}" if number <= KEYS_OF_CLIENTS else ""
        found.append(Key(keys, one.tenant_name, icon="building", url=reverse("inbox", args=[one.tenant_slug])))
    return found


def in_a_list() -> list[Key]:
    return [
        Key("j", gettext("Next in the list"), event="next"),
        Key("k", gettext("Previous in the list"), event="previous"),
        Key("↵", gettext("Open what is in focus")),
        Key("x", gettext("Choose a row of the list; with Shift all up to it")),
    ]


def in_a_concern() -> list[Key]:
    return [
        Key("r", gettext("Answer"), act="answer"),
        Key("/…", gettext("A text module, in an answer") + "; " + gettext("also acts, macros and articles")),
        Key("Ctrl+↵", gettext("Send what you wrote")),
        Key("n", gettext("Note for colleagues"), act="note"),
        Key("h", gettext("Hand over"), act="hand_over"),
        Key("t", gettext("Set the next touch"), act="next_touch"),
        Key("p", gettext("Promise"), act="promise"),
        Key("s", gettext("Solved?"), act="ask_whether_solved"),
        Key("m", gettext("I care for it"), act="take"),
        Key("e", gettext("Enter a call, visit or letter"), act="heard"),
        Key("l", gettext("Tags"), act="tags"),
        Key("f", gettext("Priority"), act="priority"),
        Key("b", gettext("Belongs to a problem"), act="belongs"),
        Key("d", gettext("Write an article from it"), act="article_from_concern"),
        Key("v", gettext("Merge with another concern"), act="merge"),
        Key("1…9", gettext("A macro, in a concern")),
        Key("a", gettext("It does need an answer"), act="needs_an_answer"),
        Key("q", gettext("Needs no answer"), act="needs_no_answer"),
        Key("!", gettext("Spam"), act="spam"),
        Key("o d", gettext("An objection to advertising, or none, where that is asked")),
    ]


def anywhere() -> list[Key]:
    return [
        Key("Ctrl+K", gettext("Go anywhere, do anything, find anybody")),
        Key("/", gettext("Search"), act="search_field"),
        Key("u", gettext("Take back or undo what was done last"), act="undo"),
        Key("y", gettext("Open who calls, or called just now"), act="caller"),
        Key("?", gettext("Show these keys"), event="help"),
        Key("Esc", gettext("Close")),
    ]


def groups(slug: str, viewers: Sequence[Viewer] = ()) -> list[Group]:
    """All keys as the help of a company's workspace shows them; `viewers` of somebody who serves several."""
    return [
        Group(gettext("Everywhere"), anywhere()),
        Group(gettext("In a list"), in_a_list()),
        Group(gettext("In a concern"), in_a_concern()),
        Group(gettext("Go to"), places(slug)),
        Group(gettext("Lists of concerns"), lists(slug)),
        *_of_clients(viewers),
    ]


def groups_of_clients(viewers: Sequence[Viewer]) -> list[Group]:
    """The keys of the list over all companies, where nothing is answered or chosen."""
    asked = ("Ctrl+K", "?", "Esc")
    walked = ("next", "previous")
    return [
        Group(gettext("Everywhere"), [one for one in anywhere() if one.keys in asked]),
        Group(gettext("In a list"), [one for one in in_a_list() if one.event in walked]),
        *_of_clients(viewers),
    ]


def _of_clients(viewers: Sequence[Viewer]) -> list[Group]:
    keys = [one for one in clients(viewers) if one.keys]
    return [Group(gettext("For whom you speak"), keys)] if viewers else []
