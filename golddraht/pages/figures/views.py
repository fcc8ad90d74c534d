"""How well customers are served, for groups; one's own figures, for oneself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from golddraht.conversations.rules import Channel
from golddraht.improvement.queries import Cut, Figures, concerns_behind, figures, own_figures, staff_switches, today
from golddraht.improvement.rules import WORK, Figure, Pace, span_of
from golddraht.improvement.rules.staff import StaffSwitch
from golddraht.pages.doors import Visit, show, workspace
from golddraht.pages.figures import shown, words
from golddraht.pages.figures.asked import Asked, asked
from golddraht.pages.figures.sheet import sheet
from golddraht.pages.inbox.listing import row_shown
from golddraht.plumbing import clock
from golddraht.team.queries import teams
from golddraht.team.rules import Act

NAV = "figures"
OWN_SINCE = timedelta(days=90)
OWN = (
    Figure.IN_TIME,
    Figure.KEPT,
    Figure.CONFIRMED,
    Figure.PRESUMED,
    Figure.RECURRED,
    Figure.OBJECTED,
)


@dataclass(frozen=True)
class Choice:
    """Something to choose: a chip or an entry of a list."""

    value: str
    text: str
    is_here: bool
    url: str = ""


@require_safe
@workspace()
def show_figures(request: Visit) -> HttpResponse:
    """Groups for leads; everybody else is led to their own figures."""
    viewer = request.viewer
    if not viewer.may(Act.SEE_FIGURES):
        return redirect("own_figures", viewer.tenant_slug)
    wanted, found = _found(request)
    url = reverse("figures", args=[viewer.tenant_slug])
    values = {
        "asked": wanted,
        "found": found,
        "span_text": words.span(wanted.span),
        "before_text": words.span(wanted.span.before()),
        "cards": shown.cards(found, wanted, slug=viewer.tenant_slug),
        "parts": _parts(found, wanted, viewer.tenant_slug),
        "part_heads": [words.title(figure) for figure in shown.PARTS_SHOW],
        "paces": _paces(wanted, url),
        "earlier_url": f"{url}?{wanted.at(wanted.span.before()).query()}",
        "later_url": f"{url}?{wanted.at(wanted.span.after()).query()}",
        "csv_url": reverse("figures_csv", args=[viewer.tenant_slug]) + "?" + wanted.query(),
        "whole_url": f"{url}?{wanted.of(Cut()).query()}",
        **_choices(wanted, found),
    }
    return show(request, "figures/show.html", values, nav=NAV)


def _found(request: Visit) -> tuple[Asked, Figures]:
    wanted = asked(request.GET, today=today(clock.now()))
    return wanted, figures(viewer=request.viewer, span=wanted.span, cut=wanted.cut)


def _parts(found: Figures, wanted: Asked, slug: str) -> list[dict[str, Any]]:
    tables = [
        (gettext("By team"), gettext("Team"), "team_id", found.by_team),
        (gettext("By channel"), gettext("Channel"), "channel", found.by_channel),
        (gettext("By group of reasons"), gettext("Group"), "group", found.by_group),
        (gettext("By reason"), gettext("Tag"), "tag", found.by_tag),
    ]
    return [
        {
            "key": by,
            "title": title,
            "head": head,
            "lines": (lines := shown.part_lines(parts, wanted, by=by, slug=slug)),
            "has_hidden": any(line.is_hidden for line in lines),
        }
        for title, head, by, parts in tables
        if parts
    ]


def _paces(wanted: Asked, url: str) -> list[Choice]:
    names = {Pace.DAY: gettext("Day"), Pace.WEEK: gettext("Week"), Pace.MONTH: gettext("Month")}
    on = min(wanted.span.last, today(clock.now()))
    return [
        Choice(pace.value, name, pace is wanted.span.pace, f"{url}?{wanted.at(span_of(pace, on=on)).query()}")
        for pace, name in names.items()
    ]


def _choices(wanted: Asked, found: Figures) -> dict[str, Any]:
    cut = wanted.cut
    tags = sorted({part.key for part in found.by_tag} | ({cut.tag} if cut.tag else set()))
    return {
        "teams": [Choice(str(team.pk), team.name, team.pk == cut.team_id) for team in teams()],
        "channels": [Choice(one.value, words.channel(one.value), one.value == cut.channel) for one in Channel],
        "tags": [Choice(tag, tag, tag == cut.tag) for tag in tags],
    }


@require_safe
@workspace(Act.SEE_FIGURES)
def figures_csv(request: Visit) -> HttpResponse:
    """What the page shows, and nothing that it hides."""
    wanted, found = _found(request)
    response = HttpResponse(sheet(found), content_type="text/csv; charset=utf-8")
    name = f"golddraht-{request.viewer.tenant_slug}-{wanted.span.first}-{wanted.span.last}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@workspace(Act.SEE_FIGURES)
def figure_behind(request: Visit) -> HttpResponse:
    """The concerns behind a figure; not where the figure itself is not shown."""
    name = request.GET.get("figure", "")
    one = Figure(name) if name in set(Figure) else Figure.ARRIVED
    wanted, found = _found(request)
    is_hidden = one in WORK and not found.whole.shows_work
    before = request.GET.get("before", "")
    page = (
        None
        if is_hidden
        else concerns_behind(viewer=request.viewer, figure=one, span=wanted.span, cut=wanted.cut, before=before)
    )
    values = {
        "title": words.title(one),
        "meaning": words.meaning(one),
        "looked_into": words.looked_into(one),
        "span_text": words.span(wanted.span),
        "hidden_text": shown.hidden_text() if is_hidden else "",
        "rows": [row_shown(row, request.viewer, at=clock.now()) for row in page.rows] if page else [],
        "next_url": f"?{wanted.query(figure=one.value, before=page.next_before)}" if page and page.next_before else "",
        "back_url": reverse("figures", args=[request.viewer.tenant_slug]) + "?" + wanted.query(),
    }
    return show(request, "figures/behind.html", values, nav=NAV)


@require_safe
@workspace()
def show_own(request: Visit) -> HttpResponse:
    """For the viewer alone."""
    at = clock.now()
    is_on = staff_switches()[StaffSwitch.OWN_FIGURES]
    cards = _own_cards(request, at) if is_on else []
    return show(request, "figures/own.html", {"cards": cards, "is_on": is_on, "since": at - OWN_SINCE}, nav=NAV)


def _own_cards(request: Visit, at: datetime) -> list[shown.Card]:
    tally = own_figures(viewer=request.viewer, since=at - OWN_SINCE, until=at).tally
    return [
        shown.Card(
            key=figure.value,
            title=words.title(figure),
            meaning=words.meaning(figure),
            value=shown.value_of(figure, tally),
            more=shown.more_of(figure, tally),
        )
        for figure in OWN
    ]
