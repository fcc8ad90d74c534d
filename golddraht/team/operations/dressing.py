"""The logo of the company: put up, taken down, and put back; the one before it is kept until the next comes."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from golddraht.ground.pictures import Flaw, NotSuchPicture, Picture, bare_picture
from golddraht.plumbing.files import new_name
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import Logo
from golddraht.team.queries.dressing import logo_before, logo_here
from golddraht.team.rules.brand import LARGEST_LOGO, WIDEST_LOGO, fits_as_logo


class LogoRefused(ValueError):
    """It cannot be the logo; the message says why."""


@transaction.atomic
def put_up_logo(*, content: bytes, says_name: bool, by: int, at: datetime) -> Logo:
    """Shown to customers from now on, with nothing in its file but what draws it. Raises LogoRefused.

    `says_name`: the company's name can be read in it.
    """
    picture = _picture_in(content)
    _one_at_a_time()
    for older in Logo.objects.exclude(ended_at=None):
        _throw_away(older)
    _end(logo_here(), at)
    logo = Logo(
        digest=hashlib.sha256(picture.content).hexdigest()[:32],
        content_type=picture.content_type,
        width=picture.width,
        height=picture.height,
        says_name=says_name,
        by_id=by,
        at=at,
    )
    logo.file.save(new_name(), ContentFile(picture.content), save=False)
    logo.save()
    return logo


@transaction.atomic
def take_down_logo(*, at: datetime) -> None:
    """Name and sign stand in its place again; it can be put back."""
    _one_at_a_time()
    here = logo_here()
    if here is not None:
        for older in Logo.objects.exclude(ended_at=None):
            _throw_away(older)
        _end(here, at)


@transaction.atomic
def put_back_logo(*, at: datetime) -> Logo | None:
    """The one before this one is shown again, and this one is kept instead. None where there was none."""
    _one_at_a_time()
    here, before = logo_here(), logo_before()
    if before is not None:
        _end(here, at)
        before.ended_at = None
        before.save(update_fields=["ended_at"])
    return before


def _one_at_a_time() -> None:
    """Two who change it wait for each other."""
    Tenant.objects.select_for_update(no_key=True).get(pk=current_tenant_id())


def _end(logo: Logo | None, at: datetime) -> None:
    if logo is not None:
        logo.ended_at = at
        logo.save(update_fields=["ended_at"])


def _throw_away(logo: Logo) -> None:
    logo.delete()
    logo.file.delete(save=False)


def _picture_in(content: bytes) -> Picture:
    if len(content) > LARGEST_LOGO:
        raise LogoRefused(_("This file is too large: at most 500 kB. A logo is shown small."))
    try:
        picture = bare_picture(content)
    except NotSuchPicture as refusal:
        raise LogoRefused(_words_of(refusal.flaw)) from None
    if not fits_as_logo(picture.width, picture.height):
        raise LogoRefused(_too_large_or_small())
    return picture


def _too_large_or_small() -> str:
    return _("Choose a picture of 16 to %(most)s points in width and height.") % {"most": WIDEST_LOGO}


def _words_of(flaw: Flaw) -> str:
    words = {
        Flaw.DRAWING: _(
            "This is an SVG. Such files can carry programs, so none is shown to customers: save it as PNG, about 600 points wide, without a background."
        ),
        Flaw.KIND: _("Choose a PNG, JPEG or WebP file."),
        Flaw.BROKEN: _("This file is damaged: no picture can be read in it."),
        Flaw.MOVES: _("This picture moves. Choose one that stands still."),
        Flaw.LARGE: _too_large_or_small(),
    }
    return words[flaw]
