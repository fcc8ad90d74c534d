"""The key with which a stranger signed: looked at, and remembered with one click."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from golddraht.channels.operations.keys import KeyRefused, remember_signer
from golddraht.channels.queries.seals import NoSuchSeal, Stranger, stranger_for
from golddraht.pages.conversation.place import asked, back_to, found
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.fields import sent
from golddraht.pages.refusals import told_in
from golddraht.plumbing import clock


@workspace()
def signer(request: Visit, seal_id: int) -> HttpResponse:
    """Shows fingerprint and holder; from then on the signature counts for the sender of this mail, and nobody else."""
    try:
        stranger = stranger_for(viewer=request.viewer, seal_id=seal_id)
    except NoSuchSeal:
        raise Http404 from None
    conversation, form, at = found(request, stranger.number), forms.Form(sent(request)), clock.now()
    if form.is_valid():
        with told_in(form, KeyRefused, at=at):
            remember_signer(seal_id=seal_id, by=request.viewer.membership_id, at=at)
            words = gettext("Remembered. What %(sender)s signs with this key is checked from now on.")
            messages.success(request, words % {"sender": stranger.sender})
            return back_to(request, stranger.number)
    return asked(
        request,
        conversation,
        form,
        title=gettext("Whose key is it?"),
        send=gettext("Remember the key"),
        text=gettext(
            "Let the sender read the fingerprint to you, for instance on the telephone, at a number you know already. If it is the"
            " same, remember the key: its signature then counts for %(sender)s, and for nobody else."
        )
        % {"sender": stranger.sender},
        preview=_preview(stranger),
    )


def _preview(stranger: Stranger) -> dict[str, str]:
    told = [stranger.name, *(one for one in stranger.addresses if one not in stranger.name)]
    words = [gettext("It calls itself %(names)s.") % {"names": ", ".join(filter(None, told)) or "–"}]
    if stranger.valid_until:
        day = date_format(localtime(stranger.valid_until), "DATE_FORMAT")
        words.append(gettext("Valid until %(day)s.") % {"day": day})
    return {"title": stranger.fingerprint, "text": " ".join(words), "warning": _warning(stranger)}


def _warning(stranger: Stranger) -> str:
    if stranger.is_doubted:
        return gettext("This mail may not come from whom it says: ask the sender for the key on another way.")
    if stranger.addresses and stranger.sender not in stranger.addresses:
        return gettext("The key was not made for %(sender)s.") % {"sender": stranger.sender}
    return ""
