"""What a customer can tell us on their pages. Limits keep the pages from being a way to flood anybody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_MESSAGE = 5000
LONGEST_OBJECTION = 4000


class ObjectionForm(forms.Form):
    text = forms.CharField(
        label=_("What is still missing?"),
        help_text=_("A few words help us to get it right. You may also leave this empty."),
        max_length=LONGEST_OBJECTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-behaviour": "autosize"}),
    )


class MessageForm(forms.Form):
    text = forms.CharField(
        label=_("Would you like to add something?"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 4, "data-behaviour": "autosize"}),
        error_messages={"required": _("Write a few words first, then send them.")},
    )


class ChoiceForm(forms.Form):
    choice = forms.ChoiceField(
        error_messages={
            "required": _("Please choose one of the options first."),
            "invalid_choice": _("This option has just passed. Please choose another one."),
        }
    )

    def __init__(self, *args: Any, options: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = [(key, key) for key in options]  # type: ignore[attr-defined]  # A ChoiceField.


class NumberToCallField(forms.CharField):
    """A telephone number as people write it; at least five digits."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "tel", "autocomplete": "tel", "inputmode": "tel"}
        usual: dict[str, Any] = {"max_length": 40, "widget": forms.TextInput(attrs=attrs)}
        super().__init__(**(usual | kwargs))

    def clean(self, value: Any) -> str:
        number = str(super().clean(value))
        if not re.fullmatch(r"\+?[0-9 ()/.\-]+", number) or len(re.findall(r"[0-9]", number)) < 5:
            raise forms.ValidationError(_("This does not look like a telephone number. Please look again."))
        return number


class CallForm(forms.Form):
    number = NumberToCallField(label=_("Your telephone number"))
    slot = forms.ChoiceField(
        label=_("When does it suit you?"),
        error_messages={"invalid_choice": _("This time has just passed. Please choose another one.")},
    )

    def __init__(self, *args: Any, slots: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = list(slots)  # type: ignore[attr-defined]  # A ChoiceField.
