"""What a colleague takes down: a consent with its words, a way chosen, a no."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from golddraht.consent.operations.giving import LONGEST_WORDS
from golddraht.consent.rules import ASKS_LEAVE, Proof, Purpose, Way
from golddraht.pages.consent.shown import BY_COLLEAGUES


class GivenForm(forms.Form):
    """A consent that was given on paper, in a conversation or by mail."""

    purpose = forms.ChoiceField(choices=[(str(one), str(one)) for one in Purpose if one in ASKS_LEAVE])
    ways = forms.MultipleChoiceField(choices=[(str(one), str(one)) for one in Way])
    proof = forms.ChoiceField(choices=[(str(one), str(one)) for one in BY_COLLEAGUES])
    words = forms.CharField(max_length=LONGEST_WORDS)
    address = forms.CharField(max_length=254, required=False)
    call_note = forms.CharField(max_length=120, required=False)
    said_on = forms.DateField(required=False)

    def clean_said_on(self) -> Any:
        day = self.cleaned_data["said_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("That day is still to come."))
        return day

    def said_at(self, *, now: datetime) -> datetime:
        """Noon of the day they said it, where a day was named; now otherwise."""
        day = self.cleaned_data["said_on"]
        if day is None or day == timezone.localdate(now):
            return now
        return timezone.make_aware(datetime.combine(day, time(12)))

    def told(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "purpose": Purpose(said["purpose"]),
            "ways": [Way(one) for one in said["ways"]],
            "proof": Proof(said["proof"]),
            "words": said["words"],
            "address": said["address"],
        }


class NoForm(forms.Form):
    """Taken back, or objected to: for one purpose and way, or for all."""

    purpose = forms.ChoiceField(choices=[("", ""), *((str(one), str(one)) for one in Purpose)], required=False)
    way = forms.ChoiceField(choices=[("", ""), *((str(one), str(one)) for one in Way)], required=False)
    words = forms.CharField(max_length=LONGEST_WORDS, required=False)

    def told(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "purpose": Purpose(said["purpose"]) if said["purpose"] else None,
            "way": Way(said["way"]) if said["way"] else None,
            "words": said["words"],
        }


class WaysForm(forms.Form):
    """The ways somebody wants for a purpose; none of them is a choice as well."""

    purpose = forms.ChoiceField(choices=[(str(one), str(one)) for one in Purpose])
    ways = forms.MultipleChoiceField(choices=[(str(one), str(one)) for one in Way], required=False)
