"""What can be filled in about an article."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from golddraht.knowledge.rules import Audience
from golddraht.pages.settings.absences import DayField

AUDIENCES = [
    (Audience.INTERNAL.value, _("For colleagues: whoever works here may publish it")),
    (Audience.PUBLIC.value, _("For everybody: on the public help page, once a lead has published it")),
]
LANGUAGES = [("de", _("German")), ("en", _("English"))]


def tags_in(words: str) -> list[str]:
    return [tag.strip() for tag in words.split(",") if tag.strip()]


class NewArticleForm(forms.Form):
    title = forms.CharField(
        label=_("What is it about?"),
        max_length=200,
        help_text=_("Best as somebody would ask it: Why does my stove smoke?"),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    audience = forms.ChoiceField(label=_("For whom?"), choices=AUDIENCES, widget=forms.RadioSelect)


class WriteForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    body = forms.CharField(
        label=_("Text"),
        max_length=60_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 18, "data-behaviour": "autosize"}),
        help_text=_(
            "## heading, **bold**, *italic*, - list, 1. steps, [words](https://…), pictures as ![words](file:12)"
        ),
    )


class FurnishForm(forms.Form):
    owner_id = forms.TypedChoiceField(label=_("Who answers for it?"), coerce=int)
    review_on = DayField(label=_("When does somebody look again whether it is still true?"))
    audience = forms.ChoiceField(label=_("For whom?"), choices=AUDIENCES, widget=forms.RadioSelect)
    tags = forms.CharField(label=_("Tags"), max_length=400, required=False, help_text=_("Separated by commas."))

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner_id"]
        owner.choices = people


class PictureForm(forms.Form):
    file = forms.FileField(label=_("Picture or file"))
