"""Ways to a conversation's page, its number in the URL as people say it, and the small pages that ask something."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from golddraht.conversations.queries import conversation_for
from golddraht.ground.numbers import read_number, spoken
from golddraht.pages.doors import Visit, show

UNPROCESSABLE = 422


class SpokenNumber:
    """A conversation's number with its check digit, `10427-3`; anything else is no page of ours."""

    regex = "[0-9]{1,12}-[0-9]"

    def to_python(self, value: str) -> int:
        number = read_number(value)
        if number is None:
            raise ValueError(value)
        return number

    def to_url(self, value: int) -> str:
        return spoken(value)


def url_of(slug: str, number: int, *, place: str = "", anchor: str = "") -> str:
    """The page of a conversation, with the list `place` beside it."""
    query = "?" + urlencode({"place": place}) if place else ""
    return reverse("conversation", args=[slug, number]) + query + (f"#{anchor}" if anchor else "")


def back_to(request: Visit, number: int, *, anchor: str = "") -> HttpResponseRedirect:
    """Back to the conversation, with the same list beside it."""
    place = request.GET.get("place", "")
    return HttpResponseRedirect(url_of(request.viewer.tenant_slug, number, place=place, anchor=anchor))


def found(request: Visit, number: int) -> Any:
    """The conversation with that number, if the viewer may see it; looking at its customer is noted."""
    conversation = conversation_for(viewer=request.viewer, number=number)
    request.seen.append(("customers_customer", conversation.customer_id))
    return conversation


def asked(
    request: Visit, conversation: Any, form: forms.Form, *, title: str, send: str, text: str = "", **more: Any
) -> HttpResponse:
    """A small page with one form; only the form where a dialog fetches it. 422 when something does not fit yet."""
    values = {"conversation": conversation, "form": form, "title": title, "send": send, "text": text} | more
    values["back_url"] = url_of(request.viewer.tenant_slug, conversation.number, place=request.GET.get("place", ""))
    if request.htmx:
        return render(request, "conversation/asked.html#dialog", {"viewer": request.viewer} | values)
    return show(
        request,
        "conversation/asked.html",
        values,
        nav="inbox",
        status=UNPROCESSABLE if form.errors or values.get("held") else 200,
    )


def moved_on(request: Visit, conversation: Any) -> HttpResponseRedirect | None:
    """Where a merged conversation went; None for one that stands for itself."""
    if conversation.merged_into_id is None:
        return None
    return redirect(url_of(request.viewer.tenant_slug, conversation.merged_into.number))
