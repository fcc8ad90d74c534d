"""What a colleague can correct about a customer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from golddraht.customers.rules import Salutation


class CorrectionForm(forms.Form):
    """What is known, corrected by somebody who heard it from the customer."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    salutation = forms.ChoiceField(
        label=_("How do they want to be addressed?"),
        required=False,
        help_text=_("Only what they told you themselves; otherwise the greeting stays neutral."),
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    matters = forms.CharField(
        label=_("What matters to them"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: alone in the house, please ring twice."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        salutation: Any = self.fields["salutation"]
        salutation.choices = [
            (Salutation.NONE, gettext("not told, greeted neutrally")),
            (Salutation.FRAU, gettext("Ms")),
            (Salutation.HERR, gettext("Mr")),
        ]
        language: Any = self.fields["language"]
        language.choices = [("", gettext("not known")), ("de", gettext("German")), ("en", gettext("English"))]
