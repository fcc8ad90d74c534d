"""What every form for people who have not signed in asks alike: where an answer goes, and whether a machine fills it in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from golddraht.ground.addresses import is_plausible_address


def email_field(help_text: Any) -> forms.EmailField:
    """The mail address of a visitor; `help_text` says what it is used for."""
    return forms.EmailField(
        label=_("Your e-mail address"),
        help_text=help_text,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class VisitorForm(forms.Form):
    """A form whose `email` has to look like one, with a field that people do not see."""

    # What fills in everything fills in this.
    website = forms.CharField(
        label=_("Please leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if not is_plausible_address(email):
            raise forms.ValidationError(_("This does not look like an e-mail address. Please look again."))
        return email
