"""Notices on one's own devices: switched on where one sits, chosen, tried out, and off again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from golddraht.notices.operations import DeviceRefused, change, renew, switch_off, switch_on, try_out
from golddraht.notices.queries import DeviceLine, devices_of, vapid
from golddraht.notices.rules import CHOICES, Kind
from golddraht.pages.devices import named
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.refusals import told_in
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.plumbing import clock

HERE = "settings_notices"
WORDS = {
    Kind.HANDED_OVER: _("somebody hands a concern over to me"),
    Kind.CUSTOMER_WROTE: _("a customer writes in a concern of mine"),
    Kind.PROMISE_IN_DANGER: _("a promise of mine is in danger"),
    Kind.MENTIONED: _("a note names me"),
}


class DeviceForm(forms.Form):
    kinds = forms.MultipleChoiceField(
        label=_("Tell me when"),
        choices=[(kind.value, WORDS[kind]) for kind in CHOICES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    quiet_from = forms.TimeField(
        label=_("Quiet from"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=_("until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("What comes meanwhile is told when the quiet hours end. Leave both empty to hear at any time."),
    )


class NewDeviceForm(forms.Form):
    """What only a script of the page can ask the browser for."""

    endpoint = forms.CharField(max_length=1000)
    public_key = forms.CharField(max_length=120)
    secret = forms.CharField(max_length=40)
    zone = forms.CharField(max_length=64, required=False)


@workspace()
def list_devices(request: Visit) -> HttpResponse:
    """Every device of the viewer; with what its browser gave, this one as well."""
    form = NewDeviceForm(request.POST or None)
    if form.is_valid():
        with told_in(form, DeviceRefused, at=clock.now()):
            _switch_on(request, form.cleaned_data)
            messages.success(request, gettext("Switched on. Try it out."))
            return redirect(HERE, request.viewer.tenant_slug)
    return _page(request, errors=form.errors.get("__all__", []) if form.is_bound else [], status=status_of(form))


def _switch_on(request: Visit, given: dict[str, Any]) -> None:
    switch_on(
        member_id=request.viewer.membership_id,
        session=request.session.session_key or "",
        name=named(request.headers.get("User-Agent", "")),
        kinds=CHOICES,
        at=clock.now(),
        **given,
    )


def _page(request: Visit, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    changed: dict[int, DeviceForm] = more.pop("changed", {})
    lines = [{"one": one, "form": changed.get(one.id) or _form_of(one)} for one in devices_of(viewer=request.viewer)]
    values = {"lines": lines, "server_key": vapid().public, **more}
    return show_settings(request, "settings/notices.html", values, here=HERE, status=status)


def _form_of(one: DeviceLine, sent: Any = None) -> DeviceForm:
    known = {"kinds": list(one.kinds), "quiet_from": one.quiet_from, "quiet_until": one.quiet_until}
    return DeviceForm(sent, initial=known, prefix=f"device-{one.id}")


@require_POST
@workspace()
def change_device(request: Visit, device_id: int) -> HttpResponse:
    form = _form_of(_found(request, device_id), request.POST)
    if form.is_valid():
        with told_in(form, DeviceRefused, at=clock.now()):
            change(member_id=request.viewer.membership_id, device_id=device_id, **form.cleaned_data)
            messages.success(request, gettext("Kept."))
            return redirect(HERE, request.viewer.tenant_slug)
    return _page(request, changed={device_id: form}, status=status_of(form))


@require_POST
@workspace()
def try_device(request: Visit, device_id: int) -> HttpResponse:
    _found(request, device_id)
    try_out(member_id=request.viewer.membership_id, device_id=device_id, at=clock.now())
    messages.success(request, gettext("A trial is on its way. It comes within some seconds."))
    return redirect(HERE, request.viewer.tenant_slug)


@require_POST
@workspace()
def remove_device(request: Visit, device_id: int) -> HttpResponse:
    _found(request, device_id)
    switch_off(member_id=request.viewer.membership_id, device_id=device_id)
    messages.success(request, gettext("Nothing is told there any more."))
    return redirect(HERE, request.viewer.tenant_slug)


@require_POST
@workspace()
def renew_device(request: Visit) -> HttpResponse:
    """Somebody who has signed in anew goes on hearing on the device that they switched on before."""
    session, endpoint = request.session.session_key or "", request.POST.get("endpoint", "")
    renew(member_id=request.viewer.membership_id, endpoint=endpoint, session=session)
    return HttpResponse(status=204)


def _found(request: Visit, device_id: int) -> DeviceLine:
    found = [one for one in devices_of(viewer=request.viewer) if one.id == device_id]
    if not found:
        raise Http404
    return found[0]
