"""Customers: finding one, seeing what is known of them, correcting it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from golddraht.commerce.queries import known_of_customer
from golddraht.conversations.queries.of_customer import concerns_of_customer
from golddraht.customers.operations import declare_salutation, note_language, note_what_matters, rename
from golddraht.customers.queries import customer_for, customers_named, ids_of_person
from golddraht.customers.queries.belonging import belongings_of
from golddraht.customers.queries.record import said_of
from golddraht.customers.rules import Salutation, Source
from golddraht.pages.consent.shown import consent_shown
from golddraht.pages.conversation.place import UNPROCESSABLE, url_of
from golddraht.pages.customers.facts import offered
from golddraht.pages.customers.forms import CorrectionForm
from golddraht.pages.customers.journey import journey_shown
from golddraht.pages.customers.merging import merges_shown
from golddraht.pages.customers.orders import orders_shown
from golddraht.pages.customers.record import record_shown
from golddraht.pages.customers.refinery import pairs_shown
from golddraht.pages.customers.shown import concern_lines, customer_lines, person_shown, promise_lines
from golddraht.pages.customers.ways import ways_shown
from golddraht.pages.doors import Visit, is_part, show, workspace
from golddraht.pages.fields import sent
from golddraht.plumbing import clock
from golddraht.promises.queries import promises_of_customer
from golddraht.search.queries import people_found
from golddraht.team.rules import Act

LONGEST, MOST = 200, 100
FEW, ALL = 12, 500


@workspace()
def customers(request: Visit) -> HttpResponse:
    """Customers by name, or those whose name, address or number fits what was typed, however it is spelled."""
    viewer, words = request.viewer, request.GET.get("q", "").strip()[:LONGEST]
    found = people_found(viewer=viewer, typed=words, limit=MOST) if words else customers_named(viewer=viewer)
    values = {"words": words, "lines": customer_lines(found, request.viewer)}
    return show(request, "customers/list.html", values, nav="customers")


@workspace()
def customer(request: Visit, customer_id: int) -> HttpResponse:
    """Everything that is known of one customer."""
    person, at = _found(request, customer_id), clock.now()
    if person.head_id:
        # Two who became one have one page; whoever kept the old address comes along.
        return redirect("customer", request.viewer.tenant_slug, person.head_id)
    happened = _happened(request, person, at)
    if is_part(request) and (request.htmx.target or "").endswith("happened"):
        return render(request, "customers/show.html#happened", {"viewer": request.viewer} | happened)
    values = happened | {
        "record": record_shown(said_of(customer_id=person.pk), at=at, most=_few(request)["record"]),
        "offered": offered(),
        **ways_shown(person.pk),
        "belongings": belongings_of(customer_id=person.pk),
        "consent": consent_shown(request.viewer, person.pk, at=at),
        "may_hand_out": request.viewer.may(Act.HAND_OUT),
        "merges": merges_shown(person.pk, request.viewer),
        "alike": pairs_shown(person.pk, request.viewer),
    }
    return show(request, "customers/show.html", values, nav="customers")


def _happened(request: Visit, person: Any, at: datetime) -> dict[str, Any]:
    """What goes on with them, and renews itself while somebody looks: nothing is typed there."""
    few = _few(request)
    concerns = concerns_of_customer(viewer=request.viewer, customer_id=person.pk)
    promised = promises_of_customer(customer_id=person.pk, at=at, limit=(few["promises"] or ALL) + 1)
    orders = known_of_customer(customer_id=person.pk, limit=few["orders"] + 1 if few["orders"] else ALL)
    return {
        "person": person_shown(person, request.viewer, at=at),
        "hears": " ".join(f"customer-{one}" for one in ids_of_person(customer_id=person.pk)),
        "concerns": concern_lines(concerns[: few["concerns"]], request.viewer),
        "more_concerns": len(concerns) > (few["concerns"] or ALL),
        "promises": promise_lines(promised[: few["promises"]]),
        "more_promises": len(promised) > (few["promises"] or ALL),
        "outside": orders_shown(orders, at=at, most=few["orders"]),
        "journey": journey_shown(request.viewer, person.pk, request.GET),
    }


def _few(request: Visit) -> dict[str, int | None]:
    """How many of each are shown at first: a page stays quick however much has happened. `?all=orders` shows them all."""
    whole = request.GET.get("all", "")
    return {name: None if name == whole else FEW for name in ("record", "promises", "orders", "concerns")}


@workspace()
def correct(request: Visit, customer_id: int) -> HttpResponse:
    """Correct what is known, with a colleague as its source; a salutation only as the customer told it."""
    person = _found(request, customer_id)
    form = CorrectionForm(sent(request), initial=_known(person))
    if form.is_valid():
        _correct(person, form, at=clock.now())
        messages.success(request, gettext("Noted, with you as the source."))
        return _back(request, customer_id)
    values = {"form": form, "person": person_shown(person, request.viewer, at=clock.now()), "next": _from(request)}
    if request.htmx:
        return render(request, "customers/correct.html#dialog", {"viewer": request.viewer} | values)
    return show(
        request, "customers/correct.html", values, nav="customers", status=UNPROCESSABLE if form.errors else 200
    )


def _found(request: Visit, customer_id: int) -> Any:
    """The customer, if the viewer may see them; looking is noted."""
    person = customer_for(viewer=request.viewer, customer_id=customer_id)
    request.seen.append(("customers_customer", customer_id))
    return person


def _known(person: Any) -> dict[str, str]:
    return {name: getattr(person, name) for name in ("name", "salutation", "language", "matters")}


def _correct(person: Any, form: CorrectionForm, *, at: datetime) -> None:
    """Only what was changed gets a new source."""
    told = form.cleaned_data
    if "name" in form.changed_data and told["name"].strip():
        rename(customer_id=person.pk, name=told["name"], source=Source.MEMBER, at=at)
    if "salutation" in form.changed_data:
        declare_salutation(customer_id=person.pk, salutation=Salutation(told["salutation"]), at=at)
    if "language" in form.changed_data and told["language"]:
        note_language(customer_id=person.pk, language=told["language"], source=Source.MEMBER, at=at)
    if "matters" in form.changed_data:
        note_what_matters(customer_id=person.pk, words=told["matters"], source=Source.MEMBER, at=at)


def _from(request: Visit) -> str:
    """The number of the concern from which somebody came to correct."""
    number = request.POST.get("conversation") or request.GET.get("conversation") or ""
    return number if number.isdecimal() and len(number) < 13 else ""


def _back(request: Visit, customer_id: int) -> HttpResponseRedirect:
    number = _from(request)
    if number:
        return HttpResponseRedirect(url_of(request.viewer.tenant_slug, int(number)))
    return redirect("customer", request.viewer.tenant_slug, customer_id)
