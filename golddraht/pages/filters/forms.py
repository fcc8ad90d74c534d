"""What can be filled in about a saved filter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from golddraht.conversations.queries import Place
from golddraht.pages.inbox.listing import place_name
from golddraht.search.rules.asking import LONGEST
from golddraht.search.rules.filters import LONGEST_NAME, Odd, Sharing

FIELD_OF = {Odd.NAME: "name", Odd.TAKEN: "name", Odd.EMPTY: "words", Odd.WORDS: "words", Odd.TEAM: "team_id"}


class FilterForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, help_text=_("As it stands in your list."))
    words = forms.CharField(
        label=_("Which concerns?"),
        max_length=LONGEST,
        required=False,
        help_text=_("As in the search: words, from:moser, status:open, tag:complaint, owner:me, before:30days."),
    )
    place = forms.ChoiceField(label=_("Out of which list?"))
    audience = forms.ChoiceField(label=_("Who may have it, too?"))
    team_id = forms.TypedChoiceField(label=_("Which team?"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, teams: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["place"].choices = [(place.value, place_name(place)) for place in Place]
        fields["audience"].choices = [
            (Sharing.NOBODY, gettext("only I")),
            (Sharing.TEAM, gettext("a team")),
            (Sharing.EVERYBODY, gettext("everybody")),
        ]
        fields["team_id"].choices = [("", "–"), *((one.pk, one.name) for one in teams)]


def words_of(reason: Odd) -> str:
    """Why a filter cannot be kept like that."""
    return {
        Odd.NAME: gettext("Give it a name."),
        Odd.TAKEN: gettext("You have another filter of this name."),
        Odd.EMPTY: gettext("Say which concerns, or choose a list other than “All”."),
        Odd.WORDS: gettext("One of the filters means nothing here. In the search you see which."),
        Odd.TEAM: gettext("Choose the team."),
        Odd.MANY: gettext("You have forty filters already. Take one out first."),
    }[reason]
