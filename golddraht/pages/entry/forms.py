"""A concern entered by hand, and a first word to a customer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from golddraht.consent.rules import MessageClass
from golddraht.conversations.rules import Channel
from golddraht.customers.queries import CustomerLine
from golddraht.ground.addresses import folded_phone, is_plausible_address
from golddraht.pages.fields import FilesField, MomentField
from golddraht.pages.shown import person_name

NEW = ""


class WhoForm(forms.Form):
    """Who it is about: somebody we know, or somebody new with a way to reach them."""

    customer = forms.ChoiceField(label=_("Customer"), required=False, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)

    def __init__(self, *args: Any, known: list[CustomerLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["customer"]
        field.choices = [(str(line.id), _line(line)) for line in known]
        field.choices += [(NEW, gettext("somebody new"))]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip()
        if email and not is_plausible_address(email):
            raise forms.ValidationError(gettext("This is not an e-mail address."))
        return email

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if phone and folded_phone(phone) is None:
            raise forms.ValidationError(gettext("This is not a telephone number."))
        return phone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors.keys() & {"name", "email", "phone"}:
            return cleaned
        if not cleaned.get("customer") and not any(cleaned.get(name) for name in ("name", "email", "phone")):
            self.add_error("name", gettext("Choose a customer, or give at least a name or a way to reach them."))
        return cleaned


def _line(line: CustomerLine) -> str:
    name = person_name(line.name, line.address)
    return f"{name}, {line.address}" if line.address and line.address != name else name


class EntryForm(WhoForm):
    """What a customer said on the phone, at the desk or by letter."""

    channel = forms.ChoiceField(label=_("How did they reach us?"), widget=forms.RadioSelect)
    subject = forms.CharField(label=_("What is it about?"), max_length=250)
    text = forms.CharField(label=_("What did they say?"), widget=forms.Textarea(attrs={"rows": 6}))
    promised_at = MomentField(
        label=_("When did you promise to answer?"),
        required=False,
        help_text=_("Left empty, the opening hours and what waits already decide."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channel: Any = self.fields["channel"]
        channel.choices = [
            (Channel.PHONE, gettext("by telephone")),
            (Channel.VISIT, gettext("they were here")),
            (Channel.LETTER, gettext("by letter")),
        ]


class WriteFirstForm(WhoForm):
    """A concern that a colleague starts by writing first."""

    message_class = forms.ChoiceField(
        label=_("What is it?"),
        required=False,
        help_text=_("What is no service leaves only where the customer allows it, and says below how to end it."),
    )
    team = forms.TypedChoiceField(label=_("Which team cares?"), coerce=int)
    subject = forms.CharField(label=_("Subject"), max_length=250)
    text = forms.CharField(label=_("What do you want to write?"), widget=forms.Textarea(attrs={"rows": 8}))
    attached = FilesField(label=_("Attachments"), required=False)
    next_touch_at = MomentField(
        label=_("Next touch"), required=False, help_text=_("Left empty, we ask again if nothing comes.")
    )

    def __init__(self, *args: Any, teams: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        message_class: Any = self.fields["message_class"]
        message_class.choices = [
            (MessageClass.SERVICE, gettext("about something of theirs: a concern, an order, a promise")),
            (MessageClass.ADVERTISING, gettext("an offer, or news")),
            (MessageClass.SURVEY, gettext("a question how it was")),
            (MessageClass.SURPRISE, gettext("a surprise")),
        ]
        team: Any = self.fields["team"]
        team.choices = [(one.pk, one.name) for one in teams]
