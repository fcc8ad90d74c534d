"""Be forgotten: what would go, what the law keeps and until when, asked for in two steps, and taken back while nobody has begun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from golddraht.ground.retention_law import answer_clock
from golddraht.pages.own.door import OwnVisit, shown, to, visitor_of, wholly
from golddraht.pages.privacy.shown import counted_name, kept_what, kept_why
from golddraht.privacy.operations import ErasureRefused, ask_erasure, withdraw_erasure
from golddraht.privacy.queries import KeptConcern, Request, erasure_of, preview_erasure
from golddraht.team.queries import current_tenant


class SureForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, erase what is about me. It cannot be brought back."),
        error_messages={"required": _("Tick this first, so that nothing is erased by a slip.")},
    )


@dataclass(frozen=True)
class KeptShown:
    what: str
    about: str
    why: str
    law: str
    until: date


@require_http_methods(["GET", "HEAD", "POST"])
@wholly
def erase(request: OwnVisit) -> HttpResponse:
    """The page about it; with the box ticked the wish is taken down. A second one while the first is open is the first."""
    customer_id = visitor_of(request).customer_id
    form = SureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        ask_erasure(customer_id=customer_id, by=None, asked_by_customer=True, at=request.at)
        return to(request, "own_erase")
    preview = preview_erasure(customer_id=customer_id, at=request.at)
    values = {
        "form": form,
        "asked": _open(customer_id),
        "goes": [(counted_name(kind), count) for kind, count in preview.goes.items()],
        "kept": [_kept(one) for one in preview.kept],
        "open_concerns": len(preview.open_concerns),
        "clock": answer_clock(current_tenant().country),
    }
    return shown(request, "erase.html", values, here="own_erase")


@require_POST
@wholly
def stay(request: OwnVisit) -> HttpResponse:
    """They have thought better of it; where it has begun the page says so."""
    asked = _open(visitor_of(request).customer_id)
    if asked is None:
        return to(request, "own_erase")
    try:
        withdraw_erasure(erasure_id=asked.id, at=request.at)
    except ErasureRefused:
        return to(request, "own_erase")
    return to(request, "own_page")


def _open(customer_id: int) -> Request | None:
    found = erasure_of(customer_id=customer_id)
    return found if found is not None and found.is_open else None


def _kept(one: KeptConcern) -> KeptShown:
    about = one.subject if one.number else gettext("Consents")
    return KeptShown(kept_what(one), about, kept_why(one), one.law, one.until)
