"""Whose telephone is whose, so that a call appears where it rings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from golddraht.pages.doors import Visit, workspace
from golddraht.pages.refusals import told_in
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.plumbing import clock
from golddraht.team.queries import Colleague, colleagues
from golddraht.team.rules import Act
from golddraht.telephone.operations import ExtensionRefused, set_extension
from golddraht.telephone.queries import extensions

HERE = "settings_telephone"


class ExtensionsForm(forms.Form):
    """One field for each person."""

    def __init__(self, *args: Any, people: list[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for person in people:
            self.fields[f"member{person.id}"] = forms.CharField(label=person.name, max_length=40, required=False)


@workspace(Act.CONFIGURE)
def show_telephone(request: Visit) -> HttpResponse:
    at, viewer = clock.now(), request.viewer
    people, known = colleagues(viewer=viewer, at=at), extensions(viewer=viewer)
    initial = {f"member{member_id}": number for member_id, number in known.items()}
    form = ExtensionsForm(request.POST or None, people=people, initial=initial)
    if form.is_valid():
        with told_in(form, ExtensionRefused, at=at), transaction.atomic():
            _keep(form)
            messages.success(request, gettext("Kept."))
            return redirect(HERE, viewer.tenant_slug)
    values = {"form": form, "address": f"{settings.BASE_URL}/api/v1/calls"}
    return show_settings(request, "settings/telephone.html", values, here=HERE, status=status_of(form))


def _keep(form: ExtensionsForm) -> None:
    """First what was taken away, so that an extension can change hands in one go."""
    for is_emptied in (True, False):
        for name in form.changed_data:
            if (form.cleaned_data[name] == "") is is_emptied:
                set_extension(member_id=int(name.removeprefix("member")), number=form.cleaned_data[name])
