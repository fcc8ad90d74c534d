"""The law of advertising by country, audience and way: a table with its sources and the days from which it holds.

A new law is a new row, and the old one ends the day before; nothing else in the house knows a country. `read` says how far the
row was checked: in the text of the law, or in what others write of it. It is no legal advice, and the settings show it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from golddraht.consent.rules.words import Way
from golddraht.ground.retention_law import Keeping, period


class Need(StrEnum):
    """What a message that counts as advertising needs."""

    EXPRESS = "EXPRESS"
    PRESUMED = "PRESUMED"  # A reason to think that a business would agree; consent does as well.
    NO_OBJECTION = "NO_OBJECTION"
    NEVER = "NEVER"


@dataclass(frozen=True)
class Norm:
    """One row. `existing`: the way of existing customers is open. `list_within`: so fresh must the look at the objectors' list be."""

    country: str
    is_business: bool
    way: Way
    need: Need
    source: str
    since: date
    until: date | None = None
    existing: bool = False
    list_within: timedelta | None = None
    read: str = "text"

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


UWG_2022, TKG_2021, UWG_CH_2007, UWG_CH_2021 = date(2022, 5, 28), date(2021, 11, 1), date(2007, 4, 1), date(2021, 1, 1)
BOTH, CONSUMERS, BUSINESSES = (False, True), (False,), (True,)
ELECTRONIC = (Way.EMAIL, Way.SMS, Way.PUSH)
ECG_LIST = timedelta(days=30)


def _rows(
    country: str, whom: Iterable[bool], ways: Iterable[Way], need: Need, source: str, since: date, **more: object
) -> Iterator[Norm]:
    for is_business in whom:
        for way in ways:
            yield Norm(country, is_business, way, need, source, since, **more)  # type: ignore[arg-type]  # As named in the table.


NORMS: tuple[Norm, ...] = (
    *_rows("DE", CONSUMERS, [Way.CALL], Need.EXPRESS, "§ 7 (2) no. 1 UWG", UWG_2022),
    *_rows("DE", BUSINESSES, [Way.CALL], Need.PRESUMED, "§ 7 (2) no. 1 UWG", UWG_2022),
    *_rows("DE", BOTH, [Way.ROBOT], Need.EXPRESS, "§ 7 (2) no. 2 UWG", UWG_2022),
    *_rows("DE", BOTH, ELECTRONIC, Need.EXPRESS, "§ 7 (2) no. 2, (3) UWG", UWG_2022, existing=True),
    *_rows("DE", BOTH, [Way.LETTER], Need.NO_OBJECTION, "§ 7 (1) UWG, Art. 21 (2) GDPR", UWG_2022),
    *_rows("AT", BOTH, [Way.CALL, Way.ROBOT], Need.EXPRESS, "§ 174 (1) TKG 2021", TKG_2021, read="secondary"),
    *_rows(
        *("AT", BOTH, [Way.EMAIL], Need.EXPRESS, "§ 174 (3), (4) TKG 2021, § 7 (2) ECG", TKG_2021),
        existing=True,
        list_within=ECG_LIST,
        read="secondary",
    ),
    *_rows("AT", BOTH, [Way.SMS, Way.PUSH], Need.EXPRESS, "§ 174 (3) TKG 2021", TKG_2021, read="secondary"),
    *_rows("AT", BOTH, [Way.LETTER], Need.NO_OBJECTION, "Art. 21 (2) GDPR", TKG_2021, read="secondary"),
    *_rows("CH", BOTH, [Way.CALL], Need.EXPRESS, "Art. 3 (1) u UWG", UWG_CH_2021, read="secondary"),
    *_rows("CH", BOTH, [Way.ROBOT], Need.NEVER, "Art. 3 (1) o UWG", UWG_CH_2007, read="secondary"),
    *_rows("CH", BOTH, ELECTRONIC, Need.EXPRESS, "Art. 3 (1) o UWG", UWG_CH_2007, existing=True, read="secondary"),
    *_rows("CH", BOTH, [Way.LETTER], Need.NO_OBJECTION, "Art. 3 (1) u UWG", UWG_CH_2021, read="secondary"),
)

COUNTRIES = ("DE", "AT", "CH")
ELSEWHERE = "ELSEWHERE"
"""Where we know no row: the strictest that any of them asks, letters included."""


def norm_for(*, country: str, is_business: bool, way: Way, on: date) -> Norm:
    """What the law asks on that day; where no row is known, express consent and nothing less."""
    found = (one for one in NORMS if (one.country, one.is_business, one.way) == (country, is_business, way))
    holding = [one for one in found if one.holds_on(on)]
    return holding[-1] if holding else Norm(ELSEWHERE, is_business, way, Need.EXPRESS, ELSEWHERE, date.min)


UNUSED_FOR = timedelta(days=730)
"""Our own goal, no law: a consent that nobody used for two years is asked for anew; courts differ on when it ends."""


def kept_until(*, country: str, on: date) -> date:
    """The last day on which the proof of a consent that was given or used `on` that day must still be there (§ 7a (2) UWG)."""
    found = period(Keeping.CONSENT, country=country, on=on)
    assert found is not None, "There is a line for every country."
    return found.over_on(on) - timedelta(days=1)
