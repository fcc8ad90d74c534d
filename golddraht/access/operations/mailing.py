"""The mail that brings a code."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from golddraht.access.models import Code
from golddraht.access.operations.codes import digits_of
from golddraht.access.rules import CODE_LASTS
from golddraht.channels.operations.composing import Dispatch
from golddraht.channels.operations.plain_mail import plain_dispatch
from golddraht.team.queries import current_tenant

AGAIN_AFTER = timedelta(seconds=30)


@transaction.atomic
def begin_sending(*, code_id: int, at: datetime) -> Dispatch | None:
    """The mail, if it is due; it is tried again a little later should nobody say what became of it."""
    rows = Code.objects.filter(pk=code_id, due_at__lte=at, ends_at__gt=at, used_at=None)
    if not rows.update(due_at=at + AGAIN_AFTER):
        return None
    code: Code = Code.objects.select_related("point", "visit").get(pk=code_id)
    with translation.override(code.language):
        text = render_to_string(f"access/mail/{code.purpose.lower()}.txt", _said(code))
        subject = _("Your code for %(company)s") % {"company": current_tenant().name}
    return plain_dispatch(
        customer_id=_asker(code), recipient=code.recipient, subject=subject, text=text, language=code.language, at=at
    )


def _asker(code: Code) -> int:
    """Whose visit asked for it, else whose address it goes to: a code is only sent where one of them is known."""
    known = code.visit or code.point
    assert known is not None, "Nobody is sent a code of whom nothing is known."
    return int(known.customer_id)


def _said(code: Code) -> dict[str, object]:
    digits = digits_of(code)
    return {
        "code": f"{digits[:3]} {digits[3:]}",
        "company": current_tenant().name,
        "minutes": int(CODE_LASTS.total_seconds() // 60),
    }


@transaction.atomic
def note_sending(*, code_id: int, is_taken: bool, is_over: bool, at: datetime) -> None:
    """The server has taken the mail, or it never will (`is_over`); otherwise it is tried again."""
    if is_taken:
        Code.objects.filter(pk=code_id).update(sent_at=at, due_at=None)
    elif is_over:
        Code.objects.filter(pk=code_id).update(due_at=None)
