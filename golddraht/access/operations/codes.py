"""Codes of six digits: asked for, sent by a job, tried a few times. The digits are kept nowhere."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from golddraht.access.events import CodeAsked
from golddraht.access.models import Code, Visit
from golddraht.access.rules import CODE_LASTS, MOST_CODES_A_DAY, MOST_TRIES, Purpose
from golddraht.customers.models import ContactPoint
from golddraht.customers.queries import contact_point_at
from golddraht.ground.addresses import folded_address
from golddraht.plumbing.bus import publish
from golddraht.plumbing.secrets import derived_key


@transaction.atomic
def ask_for_code(*, address: str, language: str, at: datetime) -> Code:
    """A code for whoever reads this mailbox. Known or not, asked too often or not: what comes back says nothing of it."""
    point = contact_point_at(channel="EMAIL", address=folded_address(address))
    is_sent = point is not None and not is_asked_too_often(address, at=at)
    return new_code(Purpose.ENTER, address, language, at, point=point if is_sent else None, is_sent=is_sent)


def is_asked_too_often(address: str, *, at: datetime) -> bool:
    rows = Code.objects.filter(digest=digest_of_address(address), asked_at__gt=at - timedelta(days=1))
    return rows.count() >= MOST_CODES_A_DAY


def new_code(
    purpose: Purpose,
    address: str,
    language: str,
    at: datetime,
    *,
    point: ContactPoint | None = None,
    visit: Visit | None = None,
    is_sent: bool = True,
) -> Code:
    """The row, and the event by which it is sent; also where nothing will be sent, so that both take the same time."""
    code: Code = Code.objects.create(
        purpose=purpose,
        digest=digest_of_address(address),
        recipient=(point.shown if point else address)[:254] if is_sent else "",
        point=point,
        visit=visit,
        language=language,
        asked_at=at,
        ends_at=at + CODE_LASTS,
        due_at=at if is_sent else None,
    )
    publish(CodeAsked(code.pk, at))
    return code


def digest_of_address(address: str) -> str:
    return hmac.digest(derived_key("access-address"), folded_address(address).encode(), "sha256").hex()


def digits_of(code: Code) -> str:
    """The six digits, from the row and the installation's key: no table and no backup holds them."""
    told = f"{code.tenant_id}:{code.pk}:{code.asked_at.timestamp():.6f}:{code.digest}".encode()
    return f"{int.from_bytes(hmac.digest(derived_key('access-code'), told, 'sha256')[:8]) % 1_000_000:06}"


def code_that_fits(*, code_id: int, purpose: Purpose, digits: str, at: datetime) -> Code | None:
    """The code, used up now; None where it does not fit. Each try counts, and the caller must not roll it back."""
    rows = Code.objects.filter(pk=code_id, purpose=purpose, used_at=None, ends_at__gt=at)
    if not rows.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        return None
    code: Code = rows.select_related("point", "visit").get()
    is_right = hmac.compare_digest(digits_of(code), "".join(digits.split()).encode("ascii", "replace").decode())
    if not code.recipient or not is_right:
        return None
    return code if rows.update(used_at=at) else None


def tries_left(*, code_id: int, at: datetime) -> int:
    """How often digits may still be tried for this code; 0 once it is over."""
    code = Code.objects.filter(pk=code_id, used_at=None, ends_at__gt=at).first()
    return MOST_TRIES - code.tries if code else 0
