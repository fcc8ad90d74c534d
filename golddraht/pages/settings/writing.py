"""How a member likes to write: theirs alone to say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from golddraht.pages.doors import Visit, workspace
from golddraht.pages.fields import sent
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.team.operations import set_after_answer, set_undo
from golddraht.team.rules import UNDO_CHOICES, AfterAnswer

HERE = "settings_writing"


class WritingForm(forms.Form):
    undo_seconds = forms.TypedChoiceField(
        label=_("How long can you take an answer back?"),
        coerce=int,
        help_text=_("It leaves after these seconds. Nobody waits longer than they were promised because of them."),
    )
    after_answer = forms.ChoiceField(label=_("Where do you go after an answer?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seconds: Any = self.fields["undo_seconds"]
        seconds.choices = [
            (one, gettext("%(count)d seconds") % {"count": one} if one else gettext("not at all, it leaves at once"))
            for one in UNDO_CHOICES
        ]
        after: Any = self.fields["after_answer"]
        after.choices = [
            (AfterAnswer.STAY, gettext("stay here")),
            (AfterAnswer.NEXT, gettext("to the next concern")),
            (AfterAnswer.BACK, gettext("back to the list")),
        ]


@workspace()
def show_writing(request: Visit) -> HttpResponse:
    viewer = request.viewer
    known = {"undo_seconds": int(viewer.undo_within.total_seconds()), "after_answer": viewer.after_answer}
    form = WritingForm(sent(request), initial=known)
    if form.is_valid():
        set_undo(member_id=viewer.membership_id, seconds=form.cleaned_data["undo_seconds"])
        set_after_answer(member_id=viewer.membership_id, after_answer=AfterAnswer(form.cleaned_data["after_answer"]))
        messages.success(request, gettext("Kept."))
        return redirect(HERE, viewer.tenant_slug)
    return show_settings(request, "settings/writing.html", {"form": form}, here=HERE, status=status_of(form))
