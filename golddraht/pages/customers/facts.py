"""Saying something of a customer: a correction in place, one more value, or that a value is wrong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from golddraht.customers.operations import Said, learn
from golddraht.customers.queries import customer_for
from golddraht.customers.rules import Source
from golddraht.customers.rules.attributes import Attribute, Wish
from golddraht.customers.rules.evidence import Mode
from golddraht.customers.rules.values import NotSuchValue
from golddraht.pages.customers.wording import attribute_name, mode_words, wish_words
from golddraht.pages.doors import Visit, workspace
from golddraht.plumbing import clock


class FactForm(forms.Form):
    """One thing said of a customer, and who says so."""

    attribute = forms.ChoiceField()
    value = forms.CharField(max_length=400)
    source = forms.ChoiceField(required=False)
    evidence = forms.CharField(max_length=400, required=False)
    denies = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices("attribute", [(str(one), attribute_name(one)) for one in Attribute])
        self._choices("source", [(str(one), str(one)) for one in (Source.CUSTOMER, Source.MEMBER)])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        chosen: Any = self.fields[name]
        chosen.choices = choices

    def said(self) -> Said:
        """How somebody is addressed is theirs alone to say; a colleague only takes it down."""
        told = self.cleaned_data
        attribute = Attribute(told["attribute"])
        source = Source.CUSTOMER if attribute is Attribute.SALUTATION else told["source"] or Source.MEMBER
        return Said(attribute, told["value"], str(source), evidence=told["evidence"], denies=told["denies"])


@require_POST
@workspace()
def fact(request: Visit, customer_id: int) -> HttpResponse:
    """Take down what was said; nothing that was said before is lost."""
    person = customer_for(viewer=request.viewer, customer_id=customer_id)
    form = FactForm(request.POST)
    if form.is_valid() and _learned(person.pk, form.said()):
        messages.success(request, gettext("Taken down. What was said before stays in the history."))
    else:
        messages.error(request, gettext("That could not be understood. Look at the example beside the field."))
    return redirect("customer", request.viewer.tenant_slug, person.pk)


def _learned(customer_id: int, said: Said) -> bool:
    try:
        learn(customer_id=customer_id, said=[said], at=clock.now())
    except NotSuchValue:
        return False
    return True


EXAMPLES = {
    Attribute.NAME: "Prof. Dr. Petra von der Tann",
    Attribute.BORN_ON: "17.5.1980",
    Attribute.POSTAL: _("c/o Moser, Lendkai 12/3, 8020 Graz, Austria"),
    Attribute.NUMBER: "K-20417",
    Attribute.QUIET_HOURS: "20:00–9:00",
    Attribute.MATTERS: _("alone in the house, please ring twice"),
}


def offered() -> list[dict[str, Any]]:
    """What a form asks for each attribute: a choice, or words with an example."""
    choices: dict[Attribute, list[tuple[str, str]]] = {
        Attribute.WISH: [(str(one), wish_words(one)) for one in Wish],
        Attribute.SALUTATION: [(str(one), mode_words(one)) for one in Mode],
        Attribute.LANGUAGE: [("de", gettext("German")), ("en", gettext("English")), *_languages()],
    }
    return [
        {
            "name": str(one),
            "term": attribute_name(one),
            "choices": choices.get(one, []),
            "example": EXAMPLES.get(one, ""),
            "is_long": one is Attribute.POSTAL,
            "only_theirs": one is Attribute.SALUTATION,
        }
        for one in Attribute
    ]


def _languages() -> list[tuple[str, str]]:
    return [
        ("fr", gettext("French")),
        ("it", gettext("Italian")),
        ("tr", gettext("Turkish")),
        ("pl", gettext("Polish")),
        ("uk", gettext("Ukrainian")),
        ("ar", gettext("Arabic")),
    ]
