"""What can be filled in about a promise: when it was kept, another date, danger with ways out, a new one, a disturbance."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from golddraht.pages.fields import MomentField, NumberField
from golddraht.promises.queries.cards import option_title
from golddraht.promises.rules import Kind, OptionDraft, OptionKind

MOST_OPTIONS = 5


class WindowForm(forms.Form):
    """A form with a window of time: `starts_at` may be left empty."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("due_at")
        if starts_at and ends_at and starts_at > ends_at:
            self.add_error("starts_at", gettext("The window starts after it ends."))
        return cleaned


class KeepForm(forms.Form):
    kept_at = MomentField(
        label=_("When was it done?"),
        help_text=_("What was done after its time counts as not kept, even when it was only minutes."),
    )


class ChangeForm(WindowForm):
    starts_at = MomentField(label=_("From"), required=False, help_text=_("Only where it is a window of time."))
    due_at = MomentField(label=_("By when now?"))
    agreed = forms.ChoiceField(
        label=_("Has the customer agreed to it?"),
        choices=[
            ("yes", _("Yes, the customer agreed: the promise is changed, not broken")),
            ("no", _("No: what was promised first then counts as not kept")),
        ],
        widget=forms.RadioSelect,
    )


class PerhapsNumberField(NumberField):
    """The number of a concern, or nothing."""

    def clean(self, value: Any) -> Any:
        return super().clean(value) if value and str(value).strip() else None


class NewPromiseForm(WindowForm):
    number = PerhapsNumberField(
        label=_("Number of the concern"), max_length=20, required=False, help_text=_("For example 10427-1")
    )
    customer = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What kind of promise?"))
    what = forms.CharField(label=_("What do we promise?"), max_length=160)
    starts_at = MomentField(label=_("From"), required=False, help_text=_("Only where it is a window of time."))
    due_at = MomentField(label=_("By when"))
    owner = forms.TypedChoiceField(label=_("Who keeps it?"), coerce=int, empty_value=None)
    reference = forms.CharField(label=_("Order or delivery number"), max_length=80, required=False)
    tour = forms.CharField(label=_("Tour"), max_length=80, required=False)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [
            (Kind.CALLBACK, gettext("a call back")),
            (Kind.DELIVERY, gettext("a delivery")),
            (Kind.VISIT, gettext("a visit")),
            (Kind.OTHER, gettext("something else")),
        ]
        owner: Any = self.fields["owner"]
        owner.choices = people

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("number") and not cleaned.get("customer"):
            self.add_error("number", gettext("To whom? Give the number of a concern of theirs."))
        return cleaned


class DangerForm(forms.Form):
    why = forms.CharField(
        label=_("Why will it probably not hold?"),
        help_text=_("The customer reads these words."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class OptionForm(WindowForm):
    """One way out; without a kind it is not offered."""

    kind = forms.ChoiceField(label=_("What do we offer?"), required=False)
    title = forms.CharField(label=_("In your own words"), max_length=120, required=False)
    starts_at = MomentField(label=_("From"), required=False)
    due_at = MomentField(label=_("Until"), required=False)
    condition = forms.CharField(label=_("On which condition"), max_length=300, required=False)
    euros = forms.DecimalField(
        label=_("Costs in euros"),
        help_text=_("With a minus for what the customer gets back."),
        max_digits=8,
        decimal_places=2,
        required=False,
        localize=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [("", gettext("nothing more")), *((kind.value, option_title(kind)) for kind in OptionKind)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("kind") == OptionKind.OTHER_DATE and not cleaned.get("due_at") and "due_at" not in self.errors:
            self.add_error("due_at", gettext("Another date needs its date."))
        return cleaned

    def draft(self) -> OptionDraft | None:
        """What is offered; None for an empty row."""
        cleaned = self.cleaned_data
        if not cleaned["kind"]:
            return None
        return OptionDraft(
            kind=OptionKind(cleaned["kind"]),
            title=cleaned["title"],
            condition=cleaned["condition"],
            cents=int((cleaned["euros"] or 0) * 100),
            starts_at=cleaned["starts_at"],
            due_at=cleaned["due_at"],
        )


def option_forms(posted: Any, drafts: list[OptionDraft]) -> list[OptionForm]:
    """Rows for the ways out, filled with sensible drafts until something was typed."""
    padded: list[OptionDraft | None] = [*drafts, *[None] * MOST_OPTIONS][:MOST_OPTIONS]
    return [OptionForm(posted, prefix=f"option{place}", initial=_initial(draft)) for place, draft in enumerate(padded)]


def _initial(draft: OptionDraft | None) -> dict[str, Any]:
    if draft is None:
        return {}
    return {
        "kind": draft.kind.value,
        "title": draft.title,
        "starts_at": draft.starts_at,
        "due_at": draft.due_at,
        "condition": draft.condition,
    }


class DisturbanceForm(forms.Form):
    words = forms.CharField(
        label=_("What has happened?"),
        help_text=_("Every customer it touches reads these words, for example: the lorry broke down."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    starts_at = MomentField(label=_("From"))
    ends_at = MomentField(label=_("Until"))
    tour = forms.CharField(
        label=_("Only this tour"),
        max_length=80,
        required=False,
        help_text=_("Leave empty for everything in that time."),
    )
    reference = forms.CharField(label=_("Only this order or delivery number"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and starts_at >= ends_at:
            self.add_error("ends_at", gettext("A disturbance ends after it starts, and not in the past."))
        return cleaned
