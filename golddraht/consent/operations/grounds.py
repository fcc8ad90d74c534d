"""What lets something leave without a consent: a sale, a reason to call a business, a look at the objectors' list."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.consent.models import ConsentAct
from golddraht.consent.operations.giving import BY_MAIL, ConsentRefused, act_address, added_act
from golddraht.consent.queries.standing import standing_of
from golddraht.consent.rules import Kind, Way
from golddraht.ground.text import without_control


@transaction.atomic
def note_sale(*, customer_id: int, words: str, at: datetime, way: Way = Way.EMAIL, address: str = "") -> ConsentAct:
    """The address was got in a sale, and free objection was pointed out then; `words` say in which. Raises ConsentRefused.

    It lets news of own similar goods and questions about them leave, until somebody objects (§ 7 (3) UWG).
    """
    if way not in BY_MAIL:
        raise ConsentRefused("WAYS", "Existing customers may be written to electronically, not called.")
    return _noted(customer_id, Kind.SALE, words, way=way, address=act_address(customer_id, way, address), at=at)


@transaction.atomic
def note_presumed(*, customer_id: int, words: str, at: datetime) -> ConsentAct:
    """Why this business would want the call (§ 7 (2) no. 1 UWG). Raises ConsentRefused for whoever stands for no business."""
    if not standing_of(customer_id=customer_id).is_business:
        raise ConsentRefused("BUSINESS", "Only a business can be presumed to agree.")
    return _noted(customer_id, Kind.PRESUMED, words, way=Way.CALL, at=at)


@transaction.atomic
def note_list_checked(*, customer_id: int, at: datetime, words: str, address: str = "") -> ConsentAct:
    """Somebody looked, `words` say where and how: the address is not on the list of those who want no advertising (§ 7 (2) ECG).

    It counts for thirty days. Raises ConsentRefused.
    """
    return _noted(
        customer_id, Kind.LISTED_NOT, words, way=Way.EMAIL, address=act_address(customer_id, Way.EMAIL, address), at=at
    )


def _noted(customer_id: int, kind: Kind, words: str, *, at: datetime, way: Way, address: str = "") -> ConsentAct:
    said = without_control(words).strip()
    if not said:
        raise ConsentRefused("WORDS", "Write down where that can be found.")
    country = standing_of(customer_id=customer_id).country
    return added_act(customer_id, kind=kind, way=way, words=said, address=address, country=country, at=at)
