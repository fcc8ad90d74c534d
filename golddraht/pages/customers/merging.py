"""Making two customers one person, with a look at what comes of it, and taking them apart again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from golddraht.conversations.queries.of_customer import concerns_of_customer
from golddraht.customers.operations import MergeRefused, NotMerged, belongs_to, merge_customers, take_apart
from golddraht.customers.queries import contact_points_of, customer_for
from golddraht.customers.queries.persons import MergeLine, merges_of, resemblances_of, sides_of, standing_merge
from golddraht.customers.queries.record import Noted, said_of
from golddraht.pages.conversation.place import UNPROCESSABLE
from golddraht.pages.customers.record import AttributeShown, record_shown
from golddraht.pages.customers.wording import reason_words, source_words, value_words
from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.shown import person_name
from golddraht.plumbing import clock
from golddraht.search.queries import people_found
from golddraht.team.queries import Viewer, names_of_members

LONGEST = 200


@dataclass(frozen=True)
class SideShown:
    """One of two who may be one person."""

    id: int
    name: str
    url: str
    ways: list[str]
    concerns: int
    record: list[AttributeShown]


@dataclass(frozen=True)
class MergeShown:
    """A merge in the history of a person."""

    id: int
    words: str
    when: datetime
    reasons: list[str]
    who: str
    apart_url: str
    undone_text: str
    undone_at: datetime | None


@workspace()
def merge(request: Visit, customer_id: int) -> HttpResponse:
    """Choose who is the same person, see what both are and what will hold, and make them one."""
    viewer, at = request.viewer, clock.now()
    one = customer_for(viewer=viewer, customer_id=customer_id)
    other_id = request.POST.get("with") or request.GET.get("with") or ""
    other = customer_for(viewer=viewer, customer_id=int(other_id)) if _is_id(other_id) else None
    status = 200
    if request.method == "POST" and other is not None:
        if (done := _merged(request, one.pk, other.pk, at)) is not None:
            return done
        status = UNPROCESSABLE
    words = request.GET.get("q", "").strip()[:LONGEST]
    found = people_found(viewer=viewer, typed=words, limit=10) if words else []
    values = {
        "one": _side(one, viewer, at),
        "other": _side(other, viewer, at) if other else None,
        "together": record_shown(_both(one.pk, other.pk), at=at) if other else [],
        "reasons": [reason_words(words) for words in _known_reasons(viewer, one.pk, other.pk)] if other else [],
        "words": words,
        "found": [line for line in found if line.id != one.pk],
    }
    return show(request, "customers/merge.html", values, nav="customers", status=status)


def _is_id(typed: str) -> bool:
    return typed.isdecimal() and len(typed) < 19


def _merged(request: Visit, one_id: int, other_id: int, at: datetime) -> HttpResponse | None:
    reasons = [*_known_reasons(request.viewer, one_id, other_id), request.POST.get("reason", "").strip()]
    try:
        merge_customers(customer_id=other_id, into_id=one_id, reasons=[one for one in reasons if one], at=at)
    except MergeRefused:
        messages.error(request, gettext("These two are one person already."))
        return None
    messages.success(request, gettext("They are one person now. It can be undone below at any time."))
    return redirect("customer", request.viewer.tenant_slug, one_id)


def _known_reasons(viewer: Viewer, one_id: int, other_id: int) -> list[str]:
    pair = {one_id, other_id}
    found = resemblances_of(viewer=viewer, customer_id=one_id)
    return [words for like in found if {like.first_id, like.second_id} == pair for words in like.reasons]


def _both(*ids: int) -> list[Noted]:
    noted = [one for id_ in ids for one in said_of(customer_id=id_)]
    return sorted(noted, key=lambda one: (one.statement.said_at, one.id), reverse=True)


def _side(customer: Any, viewer: Viewer, at: datetime) -> SideShown:
    points = contact_points_of(customer_id=customer.pk)
    return SideShown(
        id=customer.pk,
        name=person_name(customer.name, points[0].shown if points else ""),
        url=reverse("customer", args=[viewer.tenant_slug, customer.pk]),
        ways=[point.shown for point in points],
        concerns=len(concerns_of_customer(viewer=viewer, customer_id=customer.pk)),
        record=record_shown(said_of(customer_id=customer.pk), at=at),
    )


def merges_shown(customer_id: int, viewer: Viewer) -> list[MergeShown]:
    """Who was merged with whom, when, by whom and why."""
    names = names_of_members()
    return [_merge_shown(one, names, viewer) for one in merges_of(customer_id=customer_id)]


def _merge_shown(one: MergeLine, names: dict[int, str], viewer: Viewer) -> MergeShown:
    behind, front = _names_of((one.customer_id, one.head_id), viewer)
    return MergeShown(
        id=one.id,
        words=gettext("“%(one)s” and “%(other)s” became one person") % {"one": front, "other": behind},
        when=one.merged_at,
        reasons=[reason_words(words) for words in one.reasons],
        who=names.get(one.actor_id or 0, "") or (one.decided_by if one.decided_by != "member" else ""),
        apart_url="" if one.undone_at else reverse("take_apart", args=[viewer.tenant_slug, one.id]),
        undone_text=_undone(one, names),
        undone_at=one.undone_at,
    )


def _undone(one: MergeLine, names: dict[int, str]) -> str:
    if one.undone_at is None:
        return ""
    who = names.get(one.undone_actor_id or 0, "")
    said = gettext("taken apart by %(name)s") % {"name": who} if who else gettext("taken apart")
    return f"{said}: {one.undone_why}" if one.undone_why else said


def _names_of(ids: Iterable[int], viewer: Viewer) -> list[str]:
    """Each by the address they are reached at, because both bear the name of their person."""
    found = []
    for id_ in ids:
        customer = customer_for(viewer=viewer, customer_id=id_)
        own = [point.shown for point in contact_points_of(customer_id=id_) if point.customer_id == id_]
        found.append(own[0] if own else person_name(customer.name, ""))
    return found


@workspace()
def apart(request: Visit, merge_id: int) -> HttpResponse:
    """What each has again, where what came since belongs, and taking them apart."""
    viewer, at = request.viewer, clock.now()
    line = standing_merge(viewer=viewer, merge_id=merge_id)
    sides = sides_of(line)
    since = [one for side in sides for one in _said_of(side) if one.statement.said_at >= line.merged_at]
    if request.method == "POST":
        _take_apart(request, line, sides, since, at)
        return redirect("customer", viewer.tenant_slug, line.customer_id)
    names = _names_of((line.customer_id, line.head_id), viewer)
    values = {
        "merge": _merge_shown(line, names_of_members(), viewer),
        "sides": [{"id": id_, "name": name} for id_, name in zip((line.customer_id, line.head_id), names, strict=True)],
        "since": [_since(one, sides, line) for one in since],
        "back_url": reverse("customer", args=[viewer.tenant_slug, line.head_id]),
    }
    return show(request, "customers/apart.html", values, nav="customers")


def _said_of(ids: frozenset[int]) -> list[Noted]:
    return [one for one in said_of(customer_id=min(ids)) if one.customer_id in ids]


def _since(one: Noted, sides: Sides, line: MergeLine) -> dict[str, Any]:
    return {
        "id": one.id,
        "text": value_words(one.statement),
        "source": source_words(one.statement.source),
        "when": one.statement.said_at,
        "evidence": one.statement.evidence,
        "belongs_to": _side_of(one, sides, line),
        "why": gettext("read in a message from there") if one.message_id else gettext("taken down on that record"),
    }


Sides = tuple[frozenset[int], frozenset[int]]


def _side_of(one: Noted, sides: Sides, line: MergeLine) -> int:
    return line.customer_id if one.customer_id in sides[0] else line.head_id


def _take_apart(request: Visit, line: MergeLine, sides: Sides, since: list[Noted], at: datetime) -> None:
    try:
        take_apart(merge_id=line.id, why=request.POST.get("why", ""), at=at)
    except NotMerged:
        messages.error(request, gettext("They had been taken apart already."))
        return
    for one in since:
        chosen, side = request.POST.get(f"fact{one.id}", ""), _side_of(one, sides, line)
        if chosen in (str(line.customer_id), str(line.head_id)) and int(chosen) != side:
            belongs_to(fact_id=one.id, customer_id=int(chosen), at=at)
    messages.success(request, gettext("They are two again, and each has exactly what they had."))
