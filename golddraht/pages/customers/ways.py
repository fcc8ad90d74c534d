"""How a customer can be reached: one more way, one that is theirs no longer, and back again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from golddraht.customers.operations import (
    NotTheirWay,
    Outcome,
    TakenMeanwhile,
    add_way,
    bring_back_way,
    retire_way,
)
from golddraht.customers.queries import contact_points_of, customer_for
from golddraht.customers.queries.ways import former_ways_of
from golddraht.customers.rules import Source
from golddraht.customers.rules.ways import LONGEST, MESSENGERS, NoMessengerNamed, NoSuchWay, Reached, WayKind, way_of
from golddraht.pages.customers.wording import kind_of_way, source_words, way_name, way_not_written_to
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.shown import person_name
from golddraht.plumbing import clock
from golddraht.team.queries import Viewer, current_tenant


@dataclass(frozen=True)
class FormerShown:
    """One that is theirs no longer."""

    id: int
    term: str
    text: str
    when: datetime
    who: str


class WayForm(forms.Form):
    """What kind of way it is, which messenger where it is one, the address there, and who says so."""

    kind = forms.ChoiceField(choices=[(str(one), str(one)) for one in WayKind])
    messenger = forms.CharField(max_length=30, required=False)
    address = forms.CharField(max_length=LONGEST)
    source = forms.ChoiceField(choices=[(str(one), str(one)) for one in (Source.CUSTOMER, Source.MEMBER)])

    def way(self) -> Reached:
        """Raises NoSuchWay."""
        told = self.cleaned_data
        kind, country = WayKind(told["kind"]), current_tenant().country
        return way_of(kind, told["address"], messenger=told["messenger"], country=country)


def ways_shown(customer_id: int) -> dict[str, Any]:
    """What the page says beside the ways themselves: what can be chosen, and what is theirs no longer."""
    return {
        "way_kinds": [(str(one), kind_of_way(one)) for one in WayKind],
        "messengers": list(MESSENGERS.values()),
        "former_ways": [_former(one) for one in former_ways_of(customer_id=customer_id)],
    }


def _former(one: Any) -> FormerShown:
    term = way_name(one.channel, one.address)
    return FormerShown(one.pk, term, one.shown, one.ended_at, source_words(one.ended_source))


@require_POST
@workspace()
def add(request: Visit, customer_id: int) -> HttpResponse:
    """One more way to reach them. What is somebody else's stays theirs, and it is asked whether both are one."""
    person = customer_for(viewer=request.viewer, customer_id=customer_id)
    form = WayForm(request.POST)
    try:
        if not form.is_valid():
            raise NoSuchWay
        way, source = form.way(), form.cleaned_data["source"]
    except NoMessengerNamed:
        messages.error(request, gettext("Say which messenger it is."))
    except NoSuchWay:
        messages.error(request, gettext("That is no address of this kind. Look at the example below the field."))
    else:
        noted = add_way(customer_id=person.pk, way=way, source=source, at=clock.now())
        _tell(request, way, noted.outcome, noted.owner_id)
    return _back(request, person.pk)


def _tell(request: Visit, way: Reached, outcome: Outcome, owner_id: int) -> None:
    if outcome is Outcome.ELSEWHERE:
        messages.warning(request, _belongs_to(request.viewer, owner_id))
    elif outcome is Outcome.ALREADY:
        messages.info(request, gettext("This way stands in their record already."))
    else:
        said = way_not_written_to(way.channel) or gettext("Noted, with its source.")
        messages.success(request, said)


def _belongs_to(viewer: Viewer, owner_id: int) -> SafeString:
    owner = customer_for(viewer=viewer, customer_id=owner_id)
    link = format_html('<a href="{}">{}</a>', reverse("customer", args=[viewer.tenant_slug, owner.pk]), _name(owner))
    words = gettext("This way is known as that of %(who)s and stays there. Are both one person? That is asked below.")
    before, mark, after = words.partition("%(who)s")
    return format_html("{}{}{}", before, link if mark else "", after)


def _name(owner: Any) -> str:
    return person_name(owner.name, next((one.shown for one in contact_points_of(customer_id=owner.pk)), ""))


@require_POST
@workspace()
def retire(request: Visit, customer_id: int, point_id: int) -> HttpResponse:
    """It is theirs no longer; what was known of it is kept, and it can come back."""
    person = customer_for(viewer=request.viewer, customer_id=customer_id)
    if retire_way(customer_id=person.pk, point_id=point_id, source=Source.MEMBER, at=clock.now()) is None:
        messages.error(request, gettext("This way does not stand in their record any more."))
    else:
        messages.success(request, gettext("Noted. It stands below, and can be brought back."))
    return _back(request, person.pk)


@require_POST
@workspace()
def bring_back(request: Visit, customer_id: int, former_id: int) -> HttpResponse:
    """It is theirs after all."""
    person = customer_for(viewer=request.viewer, customer_id=customer_id)
    try:
        bring_back_way(customer_id=person.pk, former_id=former_id, at=clock.now())
    except NotTheirWay:
        messages.error(request, gettext("This way does not stand in their record any more."))
    except TakenMeanwhile as taken:
        messages.warning(request, _belongs_to(request.viewer, taken.owner_id))
    else:
        messages.success(request, gettext("It is theirs again."))
    return _back(request, person.pk)


def _back(request: Visit, customer_id: int) -> HttpResponse:
    return redirect(f"{reverse('customer', args=[request.viewer.tenant_slug, customer_id])}#ways")
