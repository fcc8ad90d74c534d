"""How a member likes to write and to be told of calls: theirs alone to say."""

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
from golddraht.team.operations import set_after_answer, set_undo, set_when_called
from golddraht.team.rules import UNDO_CHOICES, AfterAnswer, WhenCalled

HERE = "settings_writing"


class WritingForm(forms.Form):
    undo_seconds = forms.TypedChoiceField(
        label=_("How long can you take an answer back?"),
        coerce=int,
        help_text=_("It leaves after these seconds. Nobody waits longer than they were promised because of them."),
    )
    after_answer = forms.ChoiceField(label=_("Where do you go after an answer?"), widget=forms.RadioSelect)
    when_called = forms.ChoiceField(
        label=_("When does the page of whoever calls you open?"),
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Never over something you are writing; the notice and its key lead there at any time."),
    )

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
        called: Any = self.fields["when_called"]
        called.choices = [
            (WhenCalled.RINGS, gettext("when it rings")),
            (WhenCalled.TALKS, gettext("when I answer")),
            (WhenCalled.TOLD, gettext("not at all, only tell me")),
        ]

    def clean_when_called(self) -> WhenCalled:
        return WhenCalled(self.cleaned_data["when_called"] or self.initial["when_called"])


@workspace()
def show_writing(request: Visit) -> HttpResponse:
    viewer = request.viewer
    known: dict[str, Any] = {
        "undo_seconds": int(viewer.undo_within.total_seconds()),
        "after_answer": viewer.after_answer,
    }
    known |= {"when_called": viewer.when_called}
    form = WritingForm(sent(request), initial=known)
    if form.is_valid():
        set_undo(member_id=viewer.membership_id, seconds=form.cleaned_data["undo_seconds"])
        set_after_answer(member_id=viewer.membership_id, after_answer=AfterAnswer(form.cleaned_data["after_answer"]))
        set_when_called(member_id=viewer.membership_id, when_called=form.cleaned_data["when_called"])
        messages.success(request, gettext("Kept."))
        return redirect(HERE, viewer.tenant_slug)
    return show_settings(request, "settings/writing.html", {"form": form}, here=HERE, status=status_of(form))
