"""A promise in danger: what was promised, why it may not hold, and the ways out the customer can take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from golddraht.customers.queries import greeting_for
from golddraht.ground.moments import spoken_language
from golddraht.ground.numbers import spoken
from golddraht.pages.doors import signed
from golddraht.pages.portal.forms import ChoiceForm
from golddraht.pages.portal.showing import care_of, matter_of, shown_to_customer, told_to
from golddraht.plumbing import clock
from golddraht.promises.operations.choosing import NoLongerOffered, choose_option
from golddraht.promises.queries import ChoiceCard, OptionCard, choice_for, promise_by_id
from golddraht.promises.rules import OptionKind

VALID_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Shown:
    """An option as a card: what it is called, when and on which condition, and what it costs."""

    key: str
    title: str
    text: str
    cost_text: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Choice:
    number: str
    title: str
    text: str
    what: str
    when_text: str
    why: str
    options: tuple[Shown, ...]
    chosen: Shown | None
    may_choose: bool
    agreed_text: str


@require_http_methods(["GET", "HEAD", "POST"])
@signed("promise", within=VALID_FOR)
def choice(request: HttpRequest, promise_id: int) -> HttpResponse:
    """Looking changes nothing; a choice is made once, and a second visit shows it."""
    at = clock.now()
    promise = promise_by_id(promise_id)
    matter = matter_of(promise.conversation_id) if promise.conversation_id else None
    language = (matter.language if matter else promise.customer.language) or "de"
    with told_to(language, matter.team.zone if matter else ""):
        card = choice_for(promise_id=promise_id, at=at)
        form = ChoiceForm(request.POST if request.method == "POST" else None, options=_open_keys(card))
        if request.method == "POST" and (not _can_choose(card) or _chose(form, promise_id, at=at)):
            return redirect(request.path)
        hello = greeting_for(promise.customer, language=spoken_language(language))
        number = spoken(matter.number) if matter else ""
        values = {"choice": _shown(card, number=number, hello=hello), "form": form}
        status = 422 if form.is_bound else 200
        return shown_to_customer(request, "choice.html", values | {"care": care_of(matter, at=at)}, status=status)


def _chose(form: ChoiceForm, promise_id: int, *, at: datetime) -> bool:
    if not form.is_valid():
        return False
    try:
        choose_option(promise_id=promise_id, option_id=int(form.cleaned_data["choice"]), at=at)
    except NoLongerOffered:
        form.add_error("choice", gettext("This option has just passed. Please choose another one."))
        return False
    return True


def _open_keys(card: ChoiceCard) -> list[str]:
    return [str(option.id) for option in _offered(card)]


def _offered(card: ChoiceCard) -> list[OptionCard]:
    """What can still be taken: no date that has passed, and no waiting for what is broken already."""
    return [option for option in card.options if not _is_gone(card, option)]


def _is_gone(card: ChoiceCard, option: OptionCard) -> bool:
    if option.kind is OptionKind.KEEP:
        return card.promise.state == "broken"
    # What lies ready to be collected is still there later.
    return option.is_past and option.kind is not OptionKind.COLLECT


def _can_choose(card: ChoiceCard) -> bool:
    return card.is_open and bool(_open_keys(card))


def _shown(card: ChoiceCard, *, number: str, hello: str) -> Choice:
    promise = card.promise
    title, text = _words(card, hello)
    return Choice(
        number=number,
        title=title,
        text=text,
        what=promise.title,
        when_text=promise.when_text,
        why=promise.why,
        options=tuple(_option(option) for option in _offered(card)),
        chosen=_option(card.chosen) if card.chosen else None,
        may_choose=_can_choose(card),
        agreed_text=gettext("If something changes after all, simply reply to our e-mail.") if card.chosen else "",
    )


def _option(option: OptionCard) -> Shown:
    # Without a title of its own an option for another date is best known by its date.
    text = " · ".join(part for part in (option.when_text, option.condition) if part)
    return Shown(str(option.id), option.title, text, option.cost_text, option.is_chosen)


def _words(card: ChoiceCard, hello: str) -> tuple[str, str]:
    if card.chosen:
        return gettext("Agreed. That is how we do it."), hello + " " + gettext(
            "thank you for choosing. This is what counts now:"
        )
    if _can_choose(card):
        return gettext("We are sorry: we will probably not keep what we promised"), hello + " " + gettext(
            "you were promised something, and it does not look as if it will work out. That should not happen, and we "
            "apologise. So that you need not wait for nothing, please choose now what suits you."
        )
    if card.promise.state == "kept":
        return gettext("This is done"), hello + " " + gettext(
            "what we promised has been kept. There is nothing left to choose."
        )
    return gettext("There is nothing to choose here any more"), hello + " " + gettext(
        "the choice has passed. If this does not suit you, please reply to our e-mail: a person reads it and finds a way with you."
    )
