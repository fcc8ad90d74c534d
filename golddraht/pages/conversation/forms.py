"""What can be filled in beside a concern."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from golddraht.conversations.operations import Writing
from golddraht.conversations.queries import DraftKept, Recipient
from golddraht.conversations.rules import Channel
from golddraht.ground.numbers import read_number
from golddraht.pages.fields import FilePicker, FilesField, MomentField, MoneyField, NumberField
from golddraht.promises.rules import Kind
from golddraht.team.queries import Colleague
from golddraht.team.rules import AfterAnswer, Priority

FOLLOW_UP = "follow_up"
MOMENT = "moment"
CHOSEN = "chosen"


class ReplyForm(forms.Form):
    """An answer to the customer, and when they hear from us next."""

    text = forms.CharField(
        label=_("Your answer"),
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                "class": "composer-text",
                "placeholder": _("Write an answer …"),
                "data-behaviour": "autosize send-key",
                "data-act": "answer",
                "data-act-text": _("Answer"),
            }
        ),
    )
    channel = forms.ChoiceField(label=_("On which way"))
    next_touch = forms.ChoiceField(label=_("Next touch"), required=False)
    next_touch_at = MomentField(label=_("Day and time"), required=False)
    still_ours = forms.BooleanField(label=_("It is still our turn"), required=False)
    attached = FilesField(
        label=_("Attach files"), required=False, widget=FilePicker(attrs={"data-behaviour": "names-files"})
    )
    recipients = forms.MultipleChoiceField(label=_("To"), required=False, widget=forms.CheckboxSelectMultiple)
    # Sent along with the recipients, because a browser says nothing of boxes that nobody ticked.
    recipients_shown = forms.BooleanField(widget=forms.HiddenInput, required=False, initial=True)
    seen_message_id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # Which state of the draft the page knows, so that words from another device are not written over.
    known_at = forms.CharField(widget=forms.HiddenInput, required=False)
    # Pressed with a moment, or with "chosen" for the one that was picked.
    later = forms.CharField(required=False)
    send_at = MomentField(label=_("Send at"), required=False)
    after_answer = forms.ChoiceField(label=_("Then"), required=False)

    def __init__(self, *args: Any, circle: Sequence[Recipient] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.circle = circle
        has_mail = any(one.is_reachable for one in circle)
        self.field("recipients").choices = [(one.address, _named(one)) for one in circle if one.is_reachable]
        ways = [
            (Channel.EMAIL, gettext("by e-mail")),
            (Channel.PHONE, gettext("by telephone, noted here")),
            (Channel.VISIT, gettext("in person, noted here")),
            (Channel.LETTER, gettext("by letter, noted here")),
        ]
        self.field("channel").choices = ways if has_mail else ways[1:]
        self.field("next_touch").choices = [
            (FOLLOW_UP, gettext("we ask again if nothing comes")),
            (MOMENT, gettext("at a day and time I choose")),
        ]
        self.field("after_answer").choices = [
            (AfterAnswer.STAY, gettext("stay here")),
            (AfterAnswer.NEXT, gettext("to the next concern")),
            (AfterAnswer.BACK, gettext("back to the list")),
        ]

    def field(self, name: str) -> Any:
        return self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (
            cleaned.get("next_touch") == MOMENT
            and not cleaned.get("next_touch_at")
            and "next_touch_at" not in self.errors
        ):
            self.add_error("next_touch_at", gettext("Choose a day and a time."))
        if cleaned.get("channel") == Channel.EMAIL and self.chosen_recipients() == []:
            self.add_error("recipients", gettext("Choose at least one recipient."))
        cleaned["send_at"] = self._sending_moment(cleaned)
        return cleaned

    def _sending_moment(self, cleaned: dict[str, Any]) -> datetime | None:
        """When it is to leave, where a later moment was chosen: by one of the buttons, or in the picker, whatever sends it."""
        later = cleaned.get("later")
        picked: datetime | None = cleaned.get("send_at")
        moment = picked if later in {"", CHOSEN} else read_moment(later or "")
        if later and moment is None and "send_at" not in self.errors:
            self.add_error("send_at", gettext("Choose a day and a time."))
        return moment

    def chosen_recipients(self) -> list[str] | None:
        """Those who were ticked; None where nothing was shown to choose from."""
        return self.cleaned_data.get("recipients", []) if self.cleaned_data.get("recipients_shown") else None

    def only_recipient(self) -> str:
        """The one address there is, in words; empty when there is something to choose."""
        choices = self.field("recipients").choices
        return choices[0][1] if len(choices) == 1 else ""

    def unreachable(self) -> list[str]:
        """Addresses to which mail came back."""
        return [one.address for one in self.circle if not one.is_reachable]

    def chosen_moment(self) -> datetime | None:
        """The next touch that was chosen; None for the usual follow-up."""
        moment: datetime | None = self.cleaned_data.get("next_touch_at")
        return moment if self.cleaned_data.get("next_touch") == MOMENT or moment else None

    def writing(self) -> Writing:
        """What stands in the composer, as far as it can be read."""
        told = self.cleaned_data
        recipients = self.chosen_recipients()
        return Writing(
            text=told.get("text", ""),
            channel=Channel(told.get("channel") or Channel.EMAIL),
            recipients=tuple(recipients) if recipients is not None else None,
            next_touch_at=self.chosen_moment(),
            still_ours=bool(told.get("still_ours")),
            seen_message_id=told.get("seen_message_id"),
        )

    def known_moment(self) -> datetime | None:
        return read_moment(self.cleaned_data.get("known_at") or "")


def read_moment(text: str) -> datetime | None:
    """An aware moment in ISO form; None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def written(draft: DraftKept) -> dict[str, Any]:
    """What a draft puts into the form."""
    told: dict[str, Any] = {
        "text": draft.text,
        "channel": draft.channel,
        "still_ours": draft.still_ours,
        "known_at": draft.changed_at.isoformat(),
    }
    if draft.recipients is not None:
        told["recipients"] = list(draft.recipients)
    if draft.next_touch_at is not None:
        told |= {"next_touch": MOMENT, "next_touch_at": draft.next_touch_at}
    return told


def _named(one: Recipient) -> str:
    return f"{one.name} <{one.address}>" if one.name and one.name != one.address else one.address


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 4, "data-behaviour": "mentions"}),
        help_text=_("Only colleagues read this. Whom you name with @ is told."),
    )

    def __init__(self, *args: Any, names: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["data-names"] = "\n".join(names)


class HeardForm(forms.Form):
    """What the customer said about this concern outside of mail."""

    channel = forms.ChoiceField(label=_("How did they reach us?"), widget=forms.RadioSelect, initial=Channel.PHONE)
    text = forms.CharField(label=_("What did they say?"), widget=forms.Textarea(attrs={"rows": 5}))
    promised_at = MomentField(label=_("When did you promise to answer?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channel: Any = self.fields["channel"]
        channel.choices = [
            (Channel.PHONE, gettext("by telephone")),
            (Channel.VISIT, gettext("they were here")),
            (Channel.LETTER, gettext("by letter")),
        ]


class HandOverForm(forms.Form):
    """Who cares from now on."""

    to = forms.TypedChoiceField(label=_("Who cares from now on?"), coerce=int, empty_value=None)
    note = forms.CharField(
        label=_("What should they know?"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )

    def __init__(self, *args: Any, colleagues: list[Colleague], owner_id: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.choices = [(person.id, _words_of(person)) for person in colleagues if person.id != owner_id]


def _words_of(person: Colleague) -> str:
    if person.is_present:
        return person.name
    if person.deputy_name:
        return gettext("%(name)s, away; %(deputy)s stands in") % {"name": person.name, "deputy": person.deputy_name}
    return gettext("%(name)s, away") % {"name": person.name}


class PromiseForm(forms.Form):
    """Something said to the customer with a date."""

    kind = forms.ChoiceField(label=_("What kind of promise?"))
    what = forms.CharField(label=_("What do we promise?"), max_length=160)
    starts_at = MomentField(label=_("From"), required=False, help_text=_("Only where it is a window of time."))
    due_at = MomentField(label=_("By when"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [
            (Kind.CALLBACK, gettext("a call back")),
            (Kind.DELIVERY, gettext("a delivery")),
            (Kind.VISIT, gettext("a visit")),
            (Kind.OTHER, gettext("something else")),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_at, due_at = cleaned.get("starts_at"), cleaned.get("due_at")
        if starts_at and due_at and starts_at > due_at:
            self.add_error("starts_at", gettext("The window starts after it ends."))
        return cleaned


class NextTouchForm(forms.Form):
    next_touch_at = MomentField(label=_("When does the customer hear from us at the latest?"))


class SolvedForm(forms.Form):
    """The question whether it is solved, in the colleague's own words."""

    text = forms.CharField(label=_("What do you want to ask?"), widget=forms.Textarea(attrs={"rows": 6}))


class MergeForm(forms.Form):
    """Which concern it belongs to: one of the same customer's, or any other by its number."""

    known = forms.ChoiceField(label=_("Which one?"), required=False, widget=forms.RadioSelect)
    number = NumberField(label=_("Number of the other concern"), max_length=20, help_text=_("For example 10427-1"))

    def __init__(self, *args: Any, known: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["known"]
        choice.choices = known
        self.fields["number"].required = not known
        if not known:
            del self.fields["known"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("number") and "number" not in self.errors:
            cleaned["number"] = read_number(cleaned.get("known") or "")
            if cleaned["number"] is None:
                self.add_error("number", gettext("Choose a concern, or type its number."))
        return cleaned


class LinkForm(forms.Form):
    """Which other concern has to do with this one."""

    number = NumberField(label=_("Number of the other concern"), max_length=20, help_text=_("For example 10427-1"))


@dataclass(frozen=True)
class Marking:
    """The thread while messages in it are marked: which are, and what did not fit yet."""

    marked: tuple[int, ...] = ()
    subject: str = ""
    problems: tuple[str, ...] = ()


class SplitForm(forms.Form):
    """Which messages are a concern of their own."""

    subject = forms.CharField(label=_("What is the new concern about?"), max_length=250)
    messages = forms.TypedMultipleChoiceField(
        label=_("Which messages belong to it?"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, messages: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["messages"]
        field.choices = messages


class TagsForm(forms.Form):
    tags = forms.CharField(label=_("Tags"), required=False, max_length=400, help_text=_("Separate them with commas."))

    def clean_tags(self) -> list[str]:
        words = (" ".join(word.split())[:40] for word in self.cleaned_data["tags"].split(","))
        return list(dict.fromkeys(word for word in words if word))


class PriorityForm(forms.Form):
    priority = forms.ChoiceField(label=_("How urgent is it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["priority"]
        field.choices = [
            (Priority.NORMAL, gettext("as usual")),
            (Priority.HIGH, gettext("important")),
            (Priority.URGENT, gettext("urgent")),
        ]


class AskForm(forms.Form):
    """A question to somebody who must do their part; the customer does not see it."""

    asked = forms.CharField(label=_("Whom do you ask?"), max_length=200, help_text=_("For example the carrier."))
    address = forms.EmailField(label=_("E-mail address"), max_length=254)
    subject = forms.CharField(label=_("Subject"), max_length=250)
    text = forms.CharField(label=_("Your question"), widget=forms.Textarea(attrs={"rows": 5}))
    due_at = MomentField(label=_("Answer needed by"))


class GoodwillForm(forms.Form):
    """What is granted to put things right, and why."""

    kind = forms.ChoiceField(label=_("What do you grant?"))
    cents = MoneyField(label=_("Amount in euros"))
    reason = forms.CharField(label=_("Why?"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [
            ("CREDIT", gettext("a credit")),
            ("REPLACEMENT", gettext("a replacement")),
            ("OTHER", gettext("something else")),
        ]
