"""The catcher: a customer's mailbox on the left, what happens in the house with it on the right, and a guided story."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from golddraht.channels.mail.writing import AddressNotUsable, Letter
from golddraht.channels.queries import NoSource, latest_writers
from golddraht.pages.catcher import story
from golddraht.pages.catcher.door import Guest, demo_only
from golddraht.pages.catcher.forms import PersonaForm, WriteForm
from golddraht.pages.catcher.house import house_of
from golddraht.pages.catcher.mailbox import (
    NobodyListens,
    Persona,
    answer_to,
    mail_by_id,
    mails_of,
    new_letter,
    post,
)
from golddraht.pages.catcher.steps import ACTS, story_shown
from golddraht.plumbing import clock
from golddraht.team.queries import viewers_of

UNCHANGED = 204
ORDER_KEY = "catcher_order"
SOMEBODY_NEW = Persona("Ida Sommer", "ida.sommer@post.example")


@demo_only
def catcher(request: HttpRequest, guest: Guest) -> HttpResponse:
    """The whole page; one part of it where the page refreshes that."""
    with guest.looking():
        values = _page(request, guest)
        part = request.GET.get("part", "")
        if part in {"phone", "house"}:
            return _refreshed(request, part, values)
        return _whole(request, guest, values)


def _whole(request: HttpRequest, guest: Guest, values: dict[str, Any], *, status: int = 200) -> HttpResponse:
    values |= {part: _part(request, part, values) for part in ("phone", "house")}
    values |= {f"{part}_state": _state(values[part]) for part in ("phone", "house")}
    if guest.viewer is None:
        return render(request, "catcher/public.html", values, status=status)
    others = [one for one in viewers_of(user_id=guest.viewer.user_id) if one.tenant_id != guest.tenant_id]
    values |= {"viewer": guest.viewer, "others": others, "nav": "catcher"}
    return render(request, "catcher/workspace.html", values, status=status)


def _refreshed(request: HttpRequest, part: str, values: dict[str, Any]) -> HttpResponse:
    html = _part(request, part, values)
    if _state(html) == request.GET.get("state"):
        return HttpResponse(status=UNCHANGED)
    values |= {part: html, f"{part}_state": _state(html)}
    return render(request, f"catcher/_{part}_live.html", values)


def _part(request: HttpRequest, part: str, values: dict[str, Any]) -> str:
    return render_to_string(f"catcher/_{part}.html", values, request=request)


def _state(html: str) -> str:
    return sha256(html.encode()).hexdigest()[:16]


def _page(request: HttpRequest, guest: Guest) -> dict[str, Any]:
    at, persona = clock.now(), _persona(request, guest)
    order = request.session.get(ORDER_KEY, "")
    is_story = persona == story.VALENTINA and guest.slug == story.PLAYS_AT
    return {
        "guest": guest,
        "persona": persona,
        "query": _query(persona),
        "url": guest.url("catcher"),
        "send_url": guest.url("send"),
        "story_url": guest.url("story"),
        "personas": _personas(guest),
        "mails": mails_of(guest, persona),
        "house_shown": house_of(guest, persona, at=at),
        "story": story_shown(story.plot_of(guest, order, at=at)) if is_story else None,
        "has_begun": bool(order),
        "persona_form": PersonaForm(),
        "at": at,
    } | _open_mail(request, guest, persona)


def _open_mail(request: HttpRequest, guest: Guest, persona: Persona) -> dict[str, Any]:
    """The mail that is being read, or a new one that is being written."""
    if request.GET.get("write"):
        return {"form": WriteForm(), "is_writing": True}
    try:
        mail, _ = mail_by_id(guest, persona, int(request.GET.get("mail", "")))
    except (ValueError, NoSource):
        return {}
    return {"mail": mail, "form": WriteForm(is_answer=True)}


def _personas(guest: Guest) -> list[tuple[Persona, str]]:
    """Whom the visitor can play at once: the heroine of the story, or somebody new, and who wrote last."""
    found = [_usual(guest), *(Persona(*one) for one in latest_writers(viewer=guest))]
    return [(one, _query(one)) for one in dict.fromkeys(found)]


def _persona(request: HttpRequest, guest: Guest) -> Persona:
    """Whom the visitor plays; the usual one when they did not say, or named no usable address."""
    form = PersonaForm(request.GET if request.method == "GET" else request.POST)
    usual = _usual(guest)
    if not form.is_valid() or form.cleaned_data["as_address"] == usual.address:
        return usual
    address = form.cleaned_data["as_address"]
    return Persona(form.cleaned_data["as_name"] or address.partition("@")[0], address)


def _usual(guest: Guest) -> Persona:
    return story.VALENTINA if guest.slug == story.PLAYS_AT else SOMEBODY_NEW


def _query(persona: Persona) -> str:
    return "?" + urlencode({"as_name": persona.name, "as_address": persona.address})


# What the visitor does


@require_POST
@demo_only
def send(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Write as the customer: a real mail by SMTP to the house's own listener."""
    persona = _persona(request, guest)
    is_answer = bool(request.POST.get("mail"))
    form = WriteForm(request.POST, is_answer=is_answer)
    if not form.is_valid():
        with guest.looking():
            values = _page(request, guest) | {"form": form, "is_writing": not is_answer}
            if is_answer:
                values["mail"], _ = mail_by_id(guest, persona, _id_in(request.POST["mail"]))
            return _whole(request, guest, values, status=422)
    with guest.looking():
        letter = _letter(guest, persona, form, request.POST.get("mail", ""))
    _post(request, letter)
    return HttpResponseRedirect(guest.url("catcher") + _query(persona))


def _id_in(text: str) -> int:
    """Raises NoSource for what is no id."""
    if not text.isdecimal():
        raise NoSource(text)
    return int(text)


def _letter(guest: Guest, persona: Persona, form: WriteForm, caught_id: str) -> Letter:
    at, text = clock.now(), form.cleaned_data["text"]
    if caught_id:
        _, mail = mail_by_id(guest, persona, _id_in(caught_id))
        return answer_to(mail, persona, text=text, at=at)
    return new_letter(persona, subject=form.cleaned_data["subject"], text=text, at=at)


def _post(request: HttpRequest, letter: Letter) -> None:
    try:
        post(letter)
    except (NobodyListens, AddressNotUsable):
        messages.error(
            request,
            gettext(
                "The mail listener of this installation does not answer. Is it running? Start it with “golddraht run”."
            ),
        )
    else:
        messages.success(request, gettext("Sent. In a moment you see on this page what becomes of it."))


@require_POST
@demo_only
def play(request: HttpRequest, guest: Guest) -> HttpResponse:
    """One step of the story. A step that was played already, or whose turn has not come, changes nothing."""
    step = request.POST.get("step", "")
    if step == "again" or ORDER_KEY not in request.session:
        request.session[ORDER_KEY] = f"88-{secrets.randbelow(9000) + 1000}"
    if step in ACTS and guest.slug == story.PLAYS_AT:
        at = clock.now()
        with guest.acting():
            plot = story.plot_of(guest, request.session[ORDER_KEY], at=at)
            letter = ACTS[step](guest, plot, at)
        if letter is not None:
            _post(request, letter)
    return HttpResponseRedirect(guest.url("catcher") + _query(story.VALENTINA))
