"""Keys for sealed mail: ours that open it, and those of others whose signatures count. Private keys go in and never come out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from golddraht.channels.mail.key_files import MAX_FILE
from golddraht.channels.operations import keys as keeping
from golddraht.channels.operations.keys import KeyRefused
from golddraht.channels.queries.keys import known_keys, own_keys, sealed_count
from golddraht.pages.doors import Visit, is_part, workspace
from golddraht.pages.refusals import told_in
from golddraht.pages.settings.mailboxes import PasswordField
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.plumbing import clock
from golddraht.team.rules import Act

HERE = "settings_keys"


class KeyFileForm(forms.Form):
    """A key from a file, or pasted."""

    file = forms.FileField(label=_("File"), required=False)
    pasted = forms.CharField(
        label=_("Or paste it"),
        required=False,
        max_length=MAX_FILE,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("What begins with -----BEGIN."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file is None and not cleaned.get("pasted"):
            raise forms.ValidationError(gettext("Choose the file, or paste what is in it."))
        if file is not None and (file.size or 0) > MAX_FILE:
            raise forms.ValidationError(gettext("This file is too large to be a key."))
        return cleaned

    def written(self) -> bytes:
        file = self.cleaned_data.get("file")
        return bytes(file.read()) if file is not None else self.cleaned_data["pasted"].encode()


class OwnKeyForm(KeyFileForm):
    password = PasswordField(
        label=_("Password of the file"), help_text=_("The one it was exported with, if there is one.")
    )


class KnownKeyForm(KeyFileForm):
    address = forms.CharField(
        label=_("Whose is it?"),
        required=False,
        max_length=254,
        help_text=_(
            "An e-mail address, for which alone it then counts. Left empty it counts for the addresses it names, and an authority"
            " for everybody it vouches for."
        ),
    )


@require_safe
@workspace(Act.CONFIGURE)
def list_keys(request: Visit) -> HttpResponse:
    """All keys; how many mails are still closed alone, where the page refreshes it."""
    sealed = sealed_count(viewer=request.viewer)
    if is_part(request):
        return render(request, "settings/keys.html#sealed", {"viewer": request.viewer, "sealed": sealed})
    at = clock.now()
    values = {
        "own": own_keys(viewer=request.viewer, at=at),
        "known": known_keys(viewer=request.viewer, at=at),
        "sealed": sealed,
    }
    return show_settings(request, "settings/keys.html", values, here=HERE)


@workspace(Act.CONFIGURE)
def new_own_key(request: Visit) -> HttpResponse:
    form, at = OwnKeyForm(request.POST or None, request.FILES or None), clock.now()
    if form.is_valid():
        with told_in(form, KeyRefused, at=at):
            row = keeping.add_own_key(
                written=form.written(),
                password=form.cleaned_data["password"],
                by=request.viewer.membership_id,
                at=at,
            )
            messages.success(request, _added(row.address, is_retired=row.retired_at is not None))
            return redirect(HERE, request.viewer.tenant_slug)
    values = {"form": form, "is_own": True}
    return show_settings(request, "settings/new_key.html", values, here=HERE, status=status_of(form))


def _added(address: str, *, is_retired: bool) -> str:
    if is_retired:
        words = gettext("The key for %(address)s has ended; it was kept out of service and opens old mail.")
    else:
        words = gettext("From now on what is encrypted to %(address)s is opened.")
    return words % {"address": address}


@workspace(Act.CONFIGURE)
def new_known_key(request: Visit) -> HttpResponse:
    form, at = KnownKeyForm(request.POST or None, request.FILES or None), clock.now()
    if form.is_valid():
        with told_in(form, KeyRefused, at=at):
            rows = keeping.add_known_keys(
                written=form.written(), address=form.cleaned_data["address"], by=request.viewer.membership_id, at=at
            )
            whose = ", ".join(row.address or row.name for row in rows)
            messages.success(request, gettext("Signatures of %(whose)s are checked from now on.") % {"whose": whose})
            return redirect(HERE, request.viewer.tenant_slug)
    values = {"form": form, "is_own": False}
    return show_settings(request, "settings/new_key.html", values, here=HERE, status=status_of(form))


@require_POST
@workspace(Act.CONFIGURE)
def change_own_key(request: Visit, own_key_id: int) -> HttpResponse:
    """Out of service, back into it, or forgotten."""
    at = clock.now()
    return _acted(
        request,
        {
            "retire": (
                lambda: keeping.retire_own_key(key_id=own_key_id, at=at),
                gettext("Out of service: it still opens old mail, and nobody is reminded of its end."),
            ),
            "restore": (lambda: keeping.restore_own_key(key_id=own_key_id), gettext("The key is in service again.")),
            "remove": (
                lambda: keeping.remove_own_key(key_id=own_key_id),
                gettext("The key is gone. What was opened with it stays readable."),
            ),
        },
    )


@require_POST
@workspace(Act.CONFIGURE)
def change_known_key(request: Visit, known_key_id: int) -> HttpResponse:
    """No longer believed, or forgotten."""
    at = clock.now()
    return _acted(
        request,
        {
            "retire": (
                lambda: keeping.retire_known_key(key_id=known_key_id, at=at),
                gettext("Its signature counts no more for what arrives from now on."),
            ),
            "restore": (
                lambda: keeping.restore_known_key(key_id=known_key_id, at=at),
                gettext("Its signature counts again."),
            ),
            "remove": (lambda: keeping.remove_known_key(key_id=known_key_id), gettext("The key is gone.")),
        },
    )


def _acted(request: Visit, acts: dict[str, tuple[Callable[[], object], str]]) -> HttpResponse:
    wanted = acts.get(request.POST.get("act", ""))
    if wanted is None:
        raise Http404
    act, done = wanted
    act()
    messages.success(request, done)
    return redirect(HERE, request.viewer.tenant_slug)


@require_POST
@workspace(Act.CONFIGURE)
def look_again(request: Visit) -> HttpResponse:
    """Everything that is still closed or signed by strangers is read once more."""
    if keeping.want_all_again(at=clock.now()):
        messages.success(request, gettext("We are trying all of them again."))
    else:
        messages.info(request, gettext("There is nothing to try again."))
    return redirect(HERE, request.viewer.tenant_slug)
