"""The data refinery: doubts about records by what they cost, each settled with one key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from golddraht.consent.queries import HeardLine, open_doubts
from golddraht.conversations.queries.finding import numbers_of_messages
from golddraht.customers.operations import (
    AlreadySettled,
    MergeRefused,
    NotDoubtful,
    WordsNeeded,
    reopen_doubt,
    reopen_resemblance,
    settle_doubt,
    settle_resemblance,
)
from golddraht.customers.queries import customer_lines
from golddraht.customers.queries.doubts import AskingLine, DoubtLine, doubts, doubts_asked, looked_at
from golddraht.customers.queries.persons import Likely, resemblances, resemblances_of
from golddraht.customers.rules.attributes import Statement
from golddraht.customers.rules.doubts import Kind
from golddraht.pages.customers.wording import attribute_name, reason_words, share_words, value_words
from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.shown import hue_of, person_initials, person_name
from golddraht.plumbing import clock
from golddraht.team.queries import Viewer, names_of_members

SETTLED = {"merged", "different", "later"}
DOUBT_SETTLED = {"kept", "ask", "left"}


@dataclass(frozen=True)
class ActShown:
    """A button, and on the first doubt of the page the key that presses it."""

    text: str
    name: str
    value: str
    key: str = ""
    is_primary: bool = False


@dataclass(frozen=True)
class DoubtShown:
    """One thing to settle."""

    title: str
    people: list[dict[str, Any]]
    words: list[str]
    when: datetime | None
    url: str
    acts: list[ActShown] = field(default_factory=list)
    said: list[ActShown] = field(default_factory=list)
    """What holds only with the person's words beside it."""
    compare_url: str = ""
    back: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    """When they were asked, by whom, and where that can be read."""


@workspace()
def refinery(request: Visit) -> HttpResponse:
    """Words that may be an objection first, then likely duplicates, because they cost most; then what contradicts itself, is dead or looks wrong."""
    viewer = request.viewer
    at = clock.now()
    pairs, lines, resting = (
        resemblances(viewer=viewer),
        doubts(viewer=viewer, at=at),
        doubts_asked(viewer=viewer, at=at),
    )
    heard = open_doubts(viewer=viewer)
    names = _people(viewer, pairs, [*lines, *resting, *heard])
    asked_in = [asking.message_id for one in [*lines, *resting] for asking in one.askings]
    where = numbers_of_messages(viewer=viewer, message_ids=asked_in)
    shown = [
        *(_heard(one, names, viewer) for one in heard),
        *(_pair(one, names, viewer) for one in pairs),
        *(_doubt(one, names, where, viewer) for one in lines),
    ]
    values: dict[str, Any] = {
        "first": shown[0] if shown else None,
        "others": shown[1:],
        "resting": [_doubt(one, names, where, viewer) for one in resting],
        "count": len(shown),
        "undo": _undo(request),
    }
    values["looked"] = looked_at(viewer=viewer)
    return show(request, "customers/refinery.html", values, nav="customers")


def pairs_shown(customer_id: int, viewer: Viewer) -> list[DoubtShown]:
    """Who may be the same person as this customer."""
    pairs = resemblances_of(viewer=viewer, customer_id=customer_id)
    names = _people(viewer, pairs, []) if pairs else {}
    return [_pair(one, names, viewer) for one in pairs]


def _people(viewer: Viewer, pairs: list[Likely], lines: Sequence[DoubtLine | HeardLine]) -> dict[int, dict[str, Any]]:
    ids = [id_ for one in pairs for id_ in (one.first_id, one.second_id)] + [one.customer_id for one in lines]
    return {
        line.id: {
            "name": person_name(line.name, line.address),
            "address": line.address,
            "initials": person_initials(line.name),
            "hue": hue_of(line.id),
            "url": reverse("customer", args=[viewer.tenant_slug, line.id]),
        }
        for line in customer_lines(viewer=viewer, ids=list(dict.fromkeys(ids)))
    }


def _pair(one: Likely, names: dict[int, dict[str, Any]], viewer: Viewer) -> DoubtShown:
    compare = reverse("merge_customer", args=[viewer.tenant_slug, one.first_id])
    return DoubtShown(
        title=gettext("One person? Sure to %(share)s") % {"share": share_words(one.certainty)},
        people=[names[id_] for id_ in (one.first_id, one.second_id) if id_ in names],
        words=[reason_words(reason) for reason in one.reasons],
        when=None,
        url=reverse("settle_pair", args=[viewer.tenant_slug, one.id]),
        acts=[
            ActShown(gettext("One person"), "as", "merged", "m", is_primary=True),
            ActShown(gettext("Two people"), "as", "different", "d"),
            ActShown(gettext("Not now"), "as", "later", "l"),
        ],
        compare_url=f"{compare}?with={one.second_id}",
    )


def _heard(one: HeardLine, names: dict[int, dict[str, Any]], viewer: Viewer) -> DoubtShown:
    return DoubtShown(
        title=gettext("Is this an objection to advertising?"),
        people=[names[one.customer_id]] if one.customer_id in names else [],
        words=[one.words],
        when=one.at,
        url=reverse("judge_heard", args=[viewer.tenant_slug, one.id]),
        acts=[
            ActShown(gettext("An objection"), "as", "objection", "o", is_primary=True),
            ActShown(gettext("None"), "as", "none", "d"),
        ],
        back="refinery",
    )


TITLES = {
    Kind.ADDRESS: lambda: gettext("Nothing we write arrives"),
    Kind.DATES: lambda: gettext("Two birthdays"),
    Kind.GREETING: lambda: gettext("The salutation contradicts itself"),
    Kind.NAME: lambda: gettext("Half a name, or none"),
    Kind.UNSURE: lambda: gettext("Nothing to rely on"),
}


def _doubt(one: DoubtLine, names: dict[int, dict[str, Any]], where: dict[int, int], viewer: Viewer) -> DoubtShown:
    values = one.values[:9] if one.attribute else ()
    chosen = [ActShown(_words(one, value), "value", value, str(place)) for place, value in enumerate(values, 1)]
    is_theirs = one.kind is Kind.GREETING
    return DoubtShown(
        title=_title(one),
        people=[names[one.customer_id]] if one.customer_id in names else [],
        words=list(one.values) if one.kind is Kind.ADDRESS else [],
        when=one.noticed_at,
        url=reverse("settle_doubt", args=[viewer.tenant_slug, one.id]),
        acts=[
            *(chosen if one.attribute and not is_theirs else []),
            *([] if one.askings else [ActShown(gettext("Ask at the next contact"), "as", "ask", "a", is_primary=True)]),
            ActShown(gettext("Leave it"), "as", "left", "l"),
        ],
        said=chosen if is_theirs else [],
        asked=[_asked(asking, where) for asking in one.askings],
    )


def _title(one: DoubtLine) -> str:
    title = TITLES[one.kind]()
    return f"{title}: {attribute_name(one.attribute)}" if one.kind is Kind.UNSURE and one.attribute else title


def _asked(one: AskingLine, where: dict[int, int]) -> dict[str, Any]:
    return {
        "on": one.at,
        "by": names_of_members().get(one.actor_id or 0, ""),
        "number": where.get(one.message_id),
        "message_id": one.message_id,
    }


def _words(one: DoubtLine, value: str) -> str:
    assert one.attribute is not None, "A dead address is shown in plain words."
    words = value_words(Statement(one.attribute, value, "member", one.noticed_at))
    return gettext("“%(value)s” is right") % {"value": words}


def _undo(request: Visit) -> dict[str, Any] | None:
    """The way back from what was settled a moment ago."""
    kind, _, number = request.GET.get("settled", "").partition("-")
    if kind not in {"pair", "doubt", "merge", "heard"} or not number.isdecimal() or len(number) > 18:
        return None
    if kind == "merge":
        return {"url": reverse("take_apart", args=[request.viewer.tenant_slug, int(number)]), "is_link": True}
    if kind == "heard":
        url = reverse("judge_heard", args=[request.viewer.tenant_slug, int(number)])
        return {"url": url, "is_link": False, "back": "refinery"}
    name = "reopen_pair" if kind == "pair" else "reopen_doubt"
    return {"url": reverse(name, args=[request.viewer.tenant_slug, int(number)]), "is_link": False}


@require_POST
@workspace()
def settle_pair(request: Visit, resemblance_id: int) -> HttpResponse:
    """One person, two, or not now."""
    as_, merge_id = request.POST.get("as", ""), None
    try:
        if as_ in SETTLED:
            merge_id = settle_resemblance(resemblance_id=resemblance_id, as_=as_, at=clock.now())
    except (AlreadySettled, MergeRefused):
        messages.error(request, gettext("Somebody has settled this already."))
        return _back(request)
    return _back(request, f"merge-{merge_id}" if merge_id else f"pair-{resemblance_id}")


@require_POST
@workspace()
def settle(request: Visit, doubt_id: int) -> HttpResponse:
    """Choose a value, ask at the next contact, or leave it."""
    value = request.POST.get("value", "")
    as_ = "kept" if value else request.POST.get("as", "")
    try:
        if as_ in DOUBT_SETTLED:
            words = request.POST.get("words", "")
            settle_doubt(doubt_id=doubt_id, as_=as_, value=value, words=words, at=clock.now())
    except NotDoubtful:
        messages.error(request, gettext("Somebody has settled this already."))
        return _back(request)
    except WordsNeeded:
        messages.error(request, gettext("Note the words in which they said so, or ask them at the next contact."))
        return _back(request)
    return _back(request, f"doubt-{doubt_id}")


@require_POST
@workspace()
def reopen_pair(request: Visit, resemblance_id: int) -> HttpResponse:
    """It waits again."""
    reopen_resemblance(resemblance_id=resemblance_id)
    return _back(request)


@require_POST
@workspace()
def reopen(request: Visit, doubt_id: int) -> HttpResponse:
    """It waits again, and exactly what was taken down for it is withdrawn."""
    try:
        reopen_doubt(doubt_id=doubt_id, at=clock.now())
    except NotDoubtful:
        messages.error(request, gettext("It waits already."))
    return _back(request)


def _back(request: Visit, settled: str = "") -> HttpResponse:
    answer = redirect("refinery", request.viewer.tenant_slug)
    if settled:
        answer["Location"] += f"?settled={settled}"
    return answer
