"""What can be filled in about a cause."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from golddraht.pages.settings.absences import DayField


class ProblemForm(forms.Form):
    title = forms.CharField(
        label=_("What is the cause?"), max_length=200, help_text=_("For example: the seal of the WM 714 tears.")
    )
    description = forms.CharField(
        label=_("What do we know of it?"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-behaviour": "autosize"}),
    )
    owner_id = forms.TypedChoiceField(label=_("Who removes it?"), coerce=int)
    target_on = DayField(label=_("By when?"))
    tag = forms.CharField(
        label=_("Tag"),
        max_length=40,
        required=False,
        help_text=_("Concerns with this tag count as like it, linked or not."),
    )

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner_id"]
        owner.choices = people


class LinkForm(forms.Form):
    problem_id = forms.TypedChoiceField(label=_("Which cause?"), coerce=int)

    def __init__(self, *args: Any, problems: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["problem_id"]
        field.choices = problems


class TellForm(forms.Form):
    text = forms.CharField(
        label=_("Your letter to each of them"),
        help_text=_("{greeting} becomes the first line of a letter to each customer, by name."),
        widget=forms.Textarea(attrs={"rows": 8, "data-behaviour": "autosize"}),
        max_length=20_000,
    )


WORDS_OF_REASONS = {
    "WORDS": _("Write something first."),
    "PAST": _("Choose a day to come."),
    "OWNER": _("Choose a colleague who works here and is active."),
    "STATE": _("Say first that it is fixed."),
    "SALUTATION": _("One Frau or Herr does not fit everybody. Let the letter begin with {greeting}."),
    "NOBODY": _("Everybody affected has been told."),
    "RIGHT": _("Only leads may do this. Ask one of them to look at it."),
}


def words_of(reason: str) -> str:
    """Why something about a cause was refused."""
    return str(WORDS_OF_REASONS[reason])
