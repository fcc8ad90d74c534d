"""How long something is kept: a table of classes by country, with the source of each period and the days it is valid on.

Days are counted from the end of what the class says (a concern that is solved, a proof that was used); many German periods begin
only with the end of that calendar year. Read `law` before changing a line: a company may choose within `shortest` and `longest`.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any


class Keeping(StrEnum):
    """A class of keeping: what kind of thing it is, in the eyes of the law."""

    ENQUIRY = "enquiry"
    """A concern without a deal in it: a question, praise, a remark."""
    LETTER = "letter"
    """What prepares, concludes, performs or reverses a deal (Handelsbrief), complaints about it included."""
    VOUCHER = "voucher"
    """What an entry in the books rests on: a credit, a replacement granted."""
    CONSENT = "consent"
    """The proof of a consent, from its last use."""
    CLAIMS = "claims"
    """What may be needed to defend against a claim: that a request was answered, that something was refused."""
    RECORD = "record"
    """What is known of a customer, from the last time they were in touch."""
    COPY = "copy"
    """What was needed on the way: raw mails, queues, what programs were told."""
    TRAIL = "trail"
    """Who saw and changed what."""
    SESSION = "session"
    """Who is signed in where."""
    STAFF = "staff"
    """As long as somebody works here; no day can be given."""
    LASTING = "lasting"
    """What names no person, or whose point is to last: figures, an objection as a keyed hash."""


@dataclass(frozen=True)
class Period:
    """How long; `months` or `days`, from the end of the year if `from_year_end`. `shortest` and `longest` are months that may be chosen.

    `valid_from` is the day on which the law came into force as it is used here, by the act `since`.
    """

    source: str
    valid_from: date
    since: str
    months: int = 0
    days: int = 0
    from_year_end: bool = False
    shortest: int = 0
    longest: int | None = None
    valid_to: date | None = None

    @property
    def is_duty(self) -> bool:
        """Whether the law wants it kept, so that erasing it has to wait."""
        return self.shortest > 0

    def is_valid(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def over_on(self, ended: date, *, months: int | None = None) -> date:
        """The first day on which it must no longer be there; `months` is the company's own choice."""
        begins = date(ended.year, 12, 31) if self.from_year_end else ended
        chosen = self.months if months is None else months
        return months_after(begins, chosen) + timedelta(days=(self.days if months is None else 0) + 1)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


GDPR = "Art. 5 (1) (e) GDPR"
IN_FORCE: dict[str, tuple[date, str]] = {
    "GDPR": (date(2018, 5, 25), "Art. 99 (2) GDPR"),
    # § 257 HGB took the place of § 44 HGB; letters six years, as before.
    "HGB": (date(1986, 1, 1), "BiRiLiG, BGBl. I 1985 p. 2355"),
    # Vouchers ten years instead of six, then eight.
    "VOUCHERS": (date(1998, 12, 24), "StÄndG 1998, BGBl. I 1998 p. 3816"),
    "BEG IV": (date(2025, 1, 1), "BEG IV, BGBl. I 2024 no. 323"),
    "UWG": (date(2021, 10, 1), "Gesetz für faire Verbraucherverträge, BGBl. I 2021 p. 3433"),
    "BGB": (date(2002, 1, 1), "Schuldrechtsmodernisierungsgesetz, BGBl. I 2001 p. 3138"),
    # § 132 BAO says seven years since 1962, § 212 UGB since the HGB became the UGB: both hold from here.
    "UGB": (date(2007, 1, 1), "HaRÄG, BGBl. I 2005/120 (AT)"),
    # Three years since the third partial amendment of 1916; as it is worded since the reform of criminal law.
    "ABGB": (date(1975, 1, 1), "BGBl. 1974/496 (AT)"),
    "OR accounting": (date(2013, 1, 1), "AS 2012 6679 (CH)"),
    "OR": (date(1912, 1, 1), "AS 27 317 (CH)"),
}
"""Since when the laws are in force as they are used here, and by which act."""


def _under(law: str, source: str, **how_long: Any) -> Period:
    day, since = IN_FORCE[law]
    return Period(source, day, since, **how_long)


PERIODS: dict[tuple[str, Keeping], tuple[Period, ...]] = {
    ("", Keeping.ENQUIRY): (_under("GDPR", GDPR, months=12, longest=36),),
    ("", Keeping.RECORD): (_under("GDPR", GDPR, months=36, longest=120),),
    ("", Keeping.COPY): (_under("GDPR", GDPR, days=30, longest=3),),
    ("", Keeping.TRAIL): (_under("GDPR", "Art. 5 (2), 32 GDPR", months=12, longest=36),),
    ("", Keeping.SESSION): (_under("GDPR", GDPR, days=14, longest=3),),
    ("", Keeping.LETTER): (
        _under("HGB", "§ 257 (1) no. 2, 3 HGB; § 147 AO", months=72, from_year_end=True, shortest=72),
    ),
    ("", Keeping.VOUCHER): (
        _under("VOUCHERS", "§ 257 (4) HGB", months=120, from_year_end=True, shortest=120, valid_to=date(2024, 12, 31)),
        _under("BEG IV", "§ 257 (4) HGB, § 147 (3) AO (BEG IV)", months=96, from_year_end=True, shortest=96),
    ),
    ("", Keeping.CONSENT): (
        _under("GDPR", "Art. 7 (1) GDPR, § 195 BGB", months=36, shortest=36, valid_to=date(2021, 9, 30)),
        _under("UWG", "§ 7a (2) UWG", months=60, shortest=60),
    ),
    ("", Keeping.CLAIMS): (_under("BGB", "§§ 195, 199 BGB", months=36, from_year_end=True, longest=120),),
    ("AT", Keeping.LETTER): (_under("UGB", "§ 132 BAO, § 212 UGB", months=84, from_year_end=True, shortest=84),),
    ("AT", Keeping.VOUCHER): (_under("UGB", "§ 132 BAO, § 212 UGB", months=84, from_year_end=True, shortest=84),),
    ("AT", Keeping.CONSENT): (_under("GDPR", "Art. 7 (1) GDPR, § 1489 ABGB", months=36, shortest=36),),
    ("AT", Keeping.CLAIMS): (_under("ABGB", "§ 1489 ABGB", months=36, longest=120),),
    ("CH", Keeping.LETTER): (_under("OR accounting", "Art. 958f OR", months=120, from_year_end=True, shortest=120),),
    ("CH", Keeping.VOUCHER): (_under("OR accounting", "Art. 958f OR", months=120, from_year_end=True, shortest=120),),
    ("CH", Keeping.CONSENT): (_under("OR", "Art. 127 OR", months=60, shortest=60),),
    ("CH", Keeping.CLAIMS): (_under("OR", "Art. 127 OR", months=120, longest=120),),
}
"""By country, the empty one for every country without a line of its own; the line that is valid today counts."""

NO_DAY = frozenset({Keeping.STAFF, Keeping.LASTING})
"""Classes for which nobody can give a day."""


def period(keeping: Keeping, *, country: str, on: date) -> Period | None:
    """What counts on that day; None where there is no day (`NO_DAY`). A line of the country goes before the general one."""
    lines = PERIODS.get((country, keeping)) or PERIODS.get(("", keeping), ())
    return next((one for one in lines if one.is_valid(on)), None)


@dataclass(frozen=True)
class AnswerClock:
    """By when a person who asks for their rights must have an answer."""

    months: int
    days: int
    source: str

    def due_on(self, asked: date) -> date:
        return months_after(asked, self.months) + timedelta(days=self.days)


ONE_MONTH = AnswerClock(1, 0, "Art. 12 (3) GDPR")
ANSWER_CLOCKS = {"CH": AnswerClock(0, 30, "Art. 25 (7) DSG")}


def answer_clock(country: str) -> AnswerClock:
    """One month, in Switzerland thirty days."""
    return ANSWER_CLOCKS.get(country, ONE_MONTH)
