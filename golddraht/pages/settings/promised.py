"""What a team promises by how urgent a concern is: the form, and a picture of what that means now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from golddraht.conversations.queries import backlog
from golddraht.pages.settings.week import Mark, mark_of
from golddraht.pages.shown import moment
from golddraht.team.queries import answer_time, paces_of, touch_time
from golddraht.team.rules import Pace, Priority

HOUR = timedelta(hours=1)
A_WEEK = timedelta(days=7)


class PromisesForm(forms.Form):
    """Opening hours by priority; an empty field of a more urgent one is as usual."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for priority in Priority:
            is_usual = priority == Priority.NORMAL
            self.fields[f"answer_{priority}"] = _hours(_("First answer within"), required=is_usual)
            self.fields[f"touch_{priority}"] = _hours(_("A further word within"), required=False)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each priority with its two fields, for the table of the page."""
        for priority in Priority:
            fields = [self[f"answer_{priority}"], self[f"touch_{priority}"]]
            yield {"number": list(Priority).index(priority) + 1, "name": name_of(priority), "fields": fields}

    def paces(self) -> dict[Priority, Pace]:
        """What was entered; a priority for which nothing was is left out."""
        usual = self._pace(Priority.NORMAL)
        found, below = {Priority.NORMAL: usual}, usual
        for priority in (Priority.HIGH, Priority.URGENT):
            if any(self.cleaned_data[f"{what}_{priority}"] for what in ("answer", "touch")):
                below = found[priority] = self._pace(priority, below)
        return found

    def _pace(self, priority: Priority, below: Pace | None = None) -> Pace:
        """Where only one of both was entered, the other is that of the less urgent one."""
        answer, touch = (self.cleaned_data[f"{what}_{priority}"] for what in ("answer", "touch"))
        less = below or Pace(HOUR)
        return Pace(
            float(answer) * HOUR if answer else less.answer_within,
            float(touch) * HOUR if touch else less.touch_within,
        )


def _hours(label: Any, *, required: bool) -> forms.DecimalField:
    widget = forms.NumberInput(attrs={"step": "any", "placeholder": "" if required else gettext("as usual")})
    return forms.DecimalField(
        label=label, min_value=0.25, max_value=500, decimal_places=2, required=required, widget=widget
    )


def name_of(priority: Priority) -> str:
    """As colleagues say it."""
    return {
        Priority.NORMAL: gettext("as usual"),
        Priority.HIGH: gettext("important"),
        Priority.URGENT: gettext("urgent"),
    }[priority]


def known_of(team: Any) -> dict[str, str]:
    """What the form shows of a team, in hours; what is as usual stays empty."""
    told = {}
    for priority, pace in paces_of(team).items():
        told[f"answer_{priority}"] = f"{pace.answer_within / HOUR:g}"
        if pace.touch_within is not None:
            told[f"touch_{priority}"] = f"{pace.touch_within / HOUR:g}"
    return told


@dataclass(frozen=True)
class Promised:
    """What somebody would be told whose concern arrives now."""

    number: int
    name: str
    answer: str
    touch: str


def promised_now(team: Any, at: datetime) -> tuple[list[Promised], list[Mark]]:
    """For each priority in words, and as marks on the picture of the week; backlog and people there are counted."""
    lines, marks = [], []
    for number, priority in enumerate(Priority, start=1):
        waiting = backlog().ahead_of(team.pk, priority)
        answer_at = answer_time(team=team, waiting=waiting, priority=priority, at=at)
        touch_at = touch_time(team=team, priority=priority, at=answer_at)
        touch = moment(touch_at, at) if touch_at else gettext("after the usual days")
        lines.append(Promised(number, name_of(priority), moment(answer_at, at), touch))
        if answer_at < at + A_WEEK:
            marks.append(mark_of(answer_at.astimezone(ZoneInfo(team.zone)), str(number)))
    return lines, marks
