"""What the system writes by itself, in the company's own words: tried out on a real concern, kept, taken back."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from golddraht.conversations.operations.automatic_words import WordsRefused, check_words, keep_words, undo_words
from golddraht.conversations.queries.automatic_words import OwnWords, example_concern, own_words
from golddraht.conversations.rules import Automatic
from golddraht.ground.automatic_words import FORMS
from golddraht.ground.numbers import spoken
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.pages.settings.wording import languages
from golddraht.pages.undoing import done
from golddraht.plumbing import clock
from golddraht.promises.operations.automatic_words import TO_BE_WORDED, shipped, tried_out
from golddraht.team.rules import Act

HERE = "settings_automatic"


class WordsForm(forms.Form):
    text = forms.CharField(
        label=_("Text"),
        max_length=6_000,
        widget=forms.Textarea(attrs={"rows": 16, "data-behaviour": "autosize", "spellcheck": "true"}),
    )


@dataclass(frozen=True)
class Line:
    """One message in one language."""

    kind: str
    language: str
    language_name: str
    own: OwnWords | None

    @property
    def slug(self) -> str:
        return self.kind.lower().replace("_", "-")


@dataclass(frozen=True)
class Group:
    """One message, what it is for, and its languages."""

    title: str
    text: str
    lines: tuple[Line, ...]


@require_safe
@workspace(Act.CONFIGURE)
def list_automatic(request: Visit) -> HttpResponse:
    own = own_words(viewer=request.viewer)
    groups = [
        Group(
            *_about(kind),
            tuple(Line(kind, code, name, own.get((kind, code))) for code, name in languages()),
        )
        for kind in TO_BE_WORDED
    ]
    return show_settings(request, "settings/automatic.html", {"groups": groups}, here=HERE)


def _about(kind: Automatic) -> tuple[str, str]:
    return {
        Automatic.RECEIPT: (gettext("Receipt"), gettext("At once, when somebody writes for the first time.")),
        Automatic.INTERIM: (
            gettext("Interim message"),
            gettext("When the customer should have heard from us and has not: who cares, and the new time."),
        ),
        Automatic.SOLVED_QUESTION: (
            gettext("Is it solved?"),
            gettext("Asked once more when the customer has not said whether it is."),
        ),
    }[kind]


@workspace(Act.CONFIGURE)
def change_words(request: Visit, kind: str, language: str) -> HttpResponse:
    """Shows what is said today; what is typed is tried out with “preview” and kept with “keep”."""
    wanted, code = _wanted(kind, language)
    own = own_words(viewer=request.viewer).get((wanted, code))
    as_shipped = shipped(wanted, code)
    form = WordsForm(request.POST or None, initial={"text": own.text if own else as_shipped})
    if form.is_valid() and _is_kept(request, form, wanted, code):
        messages.success(request, gettext("Kept. It is said like this from now on."))
        return redirect(HERE, request.viewer.tenant_slug)
    said = form.cleaned_data.get("text") if form.is_bound and form.is_valid() else (own.text if own else as_shipped)
    title, about = _about(wanted)
    values = {
        "form": form,
        "kind": kind,
        "language": code,
        "title": f"{title} ({dict(languages())[code]})",
        "about": about,
        "own": own,
        "blanks": [(f"{{{name}}}", _blank(name), name in FORMS[wanted].required) for name in FORMS[wanted].known],
        "preview": _preview(request, wanted, code, said or "") if not form.errors else None,
    }
    return show_settings(request, "settings/automatic_words.html", values, here=HERE, status=status_of(form))


def _is_kept(request: Visit, form: WordsForm, kind: Automatic, language: str) -> bool:
    """Whether it was kept; a refusal stands in the form, and a preview keeps nothing."""
    text, by, at = form.cleaned_data["text"], request.viewer.membership_id, clock.now()
    try:
        if "preview" in request.POST:
            check_words(kind, text)
            return False
        keep_words(kind=kind, language=language, text=text, by=by, at=at)
    except WordsRefused as refusal:
        form.add_error("text", _words_of(refusal))
        return False
    return True


def _words_of(refusal: WordsRefused) -> str:
    if refusal.reason == "EMPTY":
        return gettext("Write something, or take the shipped words again.")
    if refusal.reason == "UNKNOWN":
        names = {"name": refusal.names[0]}
        return gettext("Nobody knows what to put for %(name)s. The placeholders stand below the text.") % names
    missing = ", ".join(f"{{{name}}} ({_blank(name)})" for name in refusal.names)
    return gettext("Without this the message helps nobody: %(missing)s. Put it in.") % {"missing": missing}


def _blank(name: str) -> str:
    return {
        "greeting": gettext("the greeting by name, neutral where nothing is known"),
        "concern": gettext("what the customer wrote, in their words"),
        "known": gettext("what is known of it already, such as a delivery; left out where there is nothing"),
        "owner": gettext("who cares for it"),
        "until": gettext("by when they hear from us"),
        "number": gettext("the number of the concern"),
        "company": gettext("the name of your company"),
        "subject": gettext("what it is about"),
        "link": gettext("where one click says yes or not yet"),
    }[name]


def _wanted(kind: str, language: str) -> tuple[Automatic, str]:
    known = {one.lower().replace("_", "-"): one for one in TO_BE_WORDED}
    if kind not in known or language not in dict(languages()):
        raise Http404
    return known[kind], language


@dataclass(frozen=True)
class Preview:
    """The message as a customer would read it, and from which concern."""

    text: str
    number: str
    subject: str


def _preview(request: Visit, kind: Automatic, language: str, text: str) -> Preview | None:
    """With a real concern; None where there is none yet. Nothing of it is sent."""
    concern = example_concern(viewer=request.viewer, language=language)
    if concern is None:
        return None
    concern.language = language
    request.seen.append(("customers_customer", concern.customer_id))
    return Preview(tried_out(kind, concern, text, clock.now()), spoken(concern.number), concern.subject)


@require_POST
@workspace(Act.CONFIGURE)
def take_back(request: Visit, kind: str, language: str) -> HttpResponse:
    """The own words go, and come back by the form in which they were typed."""
    wanted, code = _wanted(kind, language)
    own = own_words(viewer=request.viewer).get((wanted, code))
    undo_words(kind=wanted, language=code)
    if own:
        url = reverse("settings_automatic_words", args=[request.viewer.tenant_slug, kind, language])
        done(request, gettext("The shipped words are said again."), undo_url=url, text=own.text)
    return redirect(HERE, request.viewer.tenant_slug)
