"""What customers agree to, word for word and in versions, and the law by which it is judged, with its sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from golddraht.consent.operations import TextRefused, write_text
from golddraht.consent.queries import TextShown, all_texts, current_text, versions_of
from golddraht.consent.rules import ASKS_LEAVE, Need, Norm, Purpose, Way
from golddraht.consent.rules.law import COUNTRIES, NORMS
from golddraht.consent.rules.texts import LONGEST
from golddraht.pages.consent.wording import purpose_name, way_name
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.pages.settings.states import countries
from golddraht.pages.settings.wording import languages
from golddraht.plumbing import clock
from golddraht.team.queries import names_of_members
from golddraht.team.rules import Act

HERE = "settings_consents"


class TextForm(forms.Form):
    words = forms.CharField(
        label=_("What is agreed to"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "data-behaviour": "autosize", "spellcheck": "true"}),
        help_text=_("Say who, what for, on which way, and that it can be taken back at any time."),
    )


@dataclass(frozen=True)
class Line:
    """One text in one language."""

    way: str
    words: str
    version: int
    slug: tuple[str, str]


@dataclass(frozen=True)
class Rule:
    """What the law asks of one way."""

    way: str
    whom: str
    need: str
    source: str
    since: date
    is_read: bool


@require_safe
@workspace(Act.CONFIGURE)
def list_consents(request: Visit) -> HttpResponse:
    code = request.GET.get("language", "")
    language = code if code in dict(languages()) else request.viewer.language
    texts = all_texts(language=language)
    groups = [(purpose_name(one), _lines(texts, one)) for one in Purpose if one in ASKS_LEAVE]
    values = {
        "groups": groups,
        "language": language,
        "languages": languages(),
        "countries": [(one, _country(one), _rules(one)) for one in COUNTRIES],
    }
    return show_settings(request, "settings/consents.html", values, here=HERE)


def _lines(texts: list[TextShown], purpose: Purpose) -> list[Line]:
    return [
        Line(way_name(one.way), one.words, one.version, (one.purpose.lower(), one.way.lower()))
        for one in texts
        if one.purpose is purpose
    ]


def _country(code: str) -> str:
    return dict(countries())[code]


def _rules(country: str) -> list[Rule]:
    """The rows that hold today; one where people and businesses are treated alike."""
    today = clock.now().date()
    rows = [one for one in NORMS if one.country == country and one.holds_on(today)]
    alike = {one.way for one in rows if not one.is_business and _twin(one, rows) is not None}
    return [_rule(one, is_alike=one.way in alike) for one in rows if not (one.is_business and one.way in alike)]


def _twin(norm: Norm, rows: list[Norm]) -> Norm | None:
    same = (one for one in rows if one.is_business and one.way is norm.way and one.need is norm.need)
    return next(same, None)


def _rule(norm: Norm, *, is_alike: bool) -> Rule:
    whom = gettext("everybody") if is_alike else gettext("businesses") if norm.is_business else gettext("consumers")
    return Rule(way_name(norm.way), whom, _need(norm), norm.source, norm.since, norm.read == "text")


def _need(norm: Norm) -> str:
    words = {
        Need.EXPRESS: gettext("express consent"),
        Need.PRESUMED: gettext("at least a reason to presume consent"),
        Need.NO_OBJECTION: gettext("no objection"),
        Need.NEVER: gettext("not allowed"),
    }[norm.need]
    if norm.list_within is not None:
        return gettext("%(need)s; existing customers after a look at the list of objectors") % {"need": words}
    return gettext("%(need)s, or an existing customer") % {"need": words} if norm.existing else words


@workspace(Act.CONFIGURE)
def change_text(request: Visit, purpose: str, way: str, language: str) -> HttpResponse:
    """What is agreed to from now on; every version that was ever in force stands below, and can be taken again."""
    wanted, on = _wanted(purpose, way, language)
    form = TextForm(request.POST or None, initial={"words": current_text(wanted, on, language=language).words})
    if form.is_valid() and _is_kept(form, wanted, on, language):
        messages.success(request, gettext("Kept as a new version. Who agreed before agreed to what stood there then."))
        return redirect("settings_consent_text", request.viewer.tenant_slug, purpose, way, language)
    names = names_of_members()
    versions = [(one, names.get(one.actor_id or 0, "")) for one in versions_of(wanted, on, language=language)]
    values: dict[str, Any] = {
        "form": form,
        "title": f"{purpose_name(wanted)}: {way_name(on)} ({dict(languages())[language]})",
        "versions": versions,
    }
    return show_settings(request, "settings/consent_text.html", values, here=HERE, status=status_of(form))


def _is_kept(form: TextForm, purpose: Purpose, way: Way, language: str) -> bool:
    try:
        write_text(purpose=purpose, way=way, language=language, words=form.cleaned_data["words"], at=clock.now())
    except TextRefused as refused:
        same, other = gettext("This is what is agreed to already."), gettext("Nobody can agree to that.")
        form.add_error("words", same if refused.reason == "SAME" else other)
        return False
    return True


def _wanted(purpose: str, way: str, language: str) -> tuple[Purpose, Way]:
    purposes = {one.lower(): one for one in Purpose if one in ASKS_LEAVE}
    ways = {one.lower(): one for one in Way}
    if purpose not in purposes or way not in ways or language not in dict(languages()):
        raise Http404
    return purposes[purpose], ways[way]
