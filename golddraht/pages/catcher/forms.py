"""Whom the visitor plays, and what they write as that customer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from golddraht.channels.mail.writing import AddressNotUsable, ascii_address
from golddraht.ground.text import one_line

LONGEST_TEXT = 5_000


class PersonaForm(forms.Form):
    """A name and an address, both free to invent: nothing leaves the house."""

    as_name = forms.CharField(label=_("Name"), max_length=80, required=False)
    as_address = forms.EmailField(
        label=_("E-mail address"), max_length=120, help_text=_("Invent one: nothing leaves this house.")
    )

    def clean_as_name(self) -> str:
        return one_line(self.cleaned_data["as_name"], 80)

    def clean_as_address(self) -> str:
        try:
            return ascii_address(self.cleaned_data["as_address"]).lower()
        except AddressNotUsable:
            raise forms.ValidationError(_("This address cannot be used.")) from None


class WriteForm(forms.Form):
    """A new mail, or without its subject an answer to one."""

    subject = forms.CharField(label=_("Subject"), max_length=150)
    text = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5, "data-behaviour": "autosize"}),
    )

    def __init__(self, *args: Any, is_answer: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_answer:
            del self.fields["subject"]
