"""What each row of a portion is: understood, and held against everybody we know; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from golddraht.customers.operations import Said
from golddraht.customers.operations.looking import resembling
from golddraht.customers.queries.candidates import Newcomer
from golddraht.customers.queries.owning import names_among, owners_of_numbers, owners_of_ways
from golddraht.customers.rules.attributes import Statement
from golddraht.customers.rules.likeness import Known
from golddraht.customers.rules.sources import certainty_of
from golddraht.customers.rules.values import kept_form
from golddraht.customers.rules.ways import numbers_among
from golddraht.ground.text import sort_key
from golddraht.imports.models import Import, Row
from golddraht.imports.operations.remembering import Before, Erasures, erasures, note_digests, said_before
from golddraht.imports.rules.recognising import Owner, Recognised, recognised
from golddraht.imports.rules.states import Verdict
from golddraht.imports.rules.understanding import Odd, Remark, Understood, cells_of, understood

SAME_ROW = "row:"
"""How somebody is known whose row stood in a file before."""


@dataclass
class Seen:
    """Who was met in the rows before: their numbers and ways, by a negative number as long as they are no customers."""

    numbers: dict[str, int] = field(default_factory=dict)
    owners: dict[tuple[str, str], Owner] = field(default_factory=dict)
    through: int = 0

    def note(self, row: Understood, ways: Sequence[tuple[str, str]], who: int) -> None:
        if row.number:
            self.numbers.setdefault(row.number, who)
        for way in ways:
            self.owners.setdefault(way, Owner(who, row.name))


@dataclass(frozen=True)
class Judged:
    """A row with what it says and who it is; `who` is negative for somebody new, as the number of their first row."""

    row: Row
    said: Understood
    found: Recognised
    verdict: Verdict
    who: int
    odd: tuple[Odd, ...]
    erased_at: datetime | None = None
    is_as_before: bool = False
    """The source has said the very same, and nothing was said of them since: there is nothing to take down."""

    @property
    def is_new(self) -> bool:
        return self.who == -self.row.number


def judge(file: Import, rows: Sequence[Row], *, home: str, today: date, seen: Seen) -> list[Judged]:
    """Each row in its order; two rows of one new person are one, and what was said before is not looked at again."""
    note_digests(file, rows, home=home)
    before = said_before(file, rows)
    fresh = [row for row in rows if row.digest not in before]
    judged = {row.pk: _as_before(row, before[row.digest]) for row in rows if row.digest in before}
    judged |= {one.row.pk: one for one in _look_at(file, fresh, home=home, today=today, seen=seen)}
    return [judged[row.pk] for row in rows]


def _as_before(row: Row, before: Before) -> Judged:
    found = Recognised(before.customer_id, SAME_ROW, ())
    said = Understood(household=before.household)
    return Judged(row, said, found, Verdict.KNOWN, before.customer_id, (), is_as_before=True)


def _look_at(file: Import, rows: Sequence[Row], *, home: str, today: date, seen: Seen) -> list[Judged]:
    source, erased = file.source.source, erasures()
    told = [_understood(file, row, source, home, today) for row in rows]
    numbers = seen.numbers | owners_of_numbers(source=source, numbers={one.number for one in told if one.number})
    ways = {(way.channel, way.address) for one in told for way in one.ways}
    owners = seen.owners | {way: Owner(*owner) for way, owner in owners_of_ways(ways).items()}
    known = Seen(numbers, owners)
    judged = []
    for row, said in zip(rows, told, strict=True):
        one = _judged(row, said, known, erased)
        judged.append(one)
        if one.verdict is not Verdict.BAD:
            theirs = [(way.channel, way.address) for way in one.found.ways]
            known.note(said, theirs, one.who)
            if one.who < 0:
                seen.note(said, theirs, one.who)
    return judged


def _understood(file: Import, row: Row, source: str, home: str, today: date) -> Understood:
    cells = cells_of(file.targets, row.cells)
    return understood(cells, source=source, home=home, today=today, lenient=row.is_lenient)


def _judged(row: Row, said: Understood, known: Seen, erased: Erasures) -> Judged:
    found = recognised(said, numbers=known.numbers, owners=known.owners)
    odd = (*said.odd, *found.odd)
    # Whoever has come back by themselves is known, and whom a person lets in is let in.
    erased_at = erased.of(said) if found.customer_id is None and not row.let_in_why else None
    if erased_at is not None:
        odd = (*odd, Odd(Remark.ERASED, erased_at.date().isoformat()))
    if said.faults or erased_at is not None:
        return Judged(row, said, found, Verdict.BAD, 0, odd, erased_at)
    who = -row.number if found.customer_id is None else found.customer_id
    is_doubtful = bool(found.others) or any(one.remark in (Remark.TAKEN, Remark.TWO) for one in odd)
    verdict = Verdict.DOUBTFUL if is_doubtful else Verdict.NEW if found.customer_id is None else Verdict.KNOWN
    return Judged(row, said, found, verdict, who, odd)


def with_likenesses(judged: Sequence[Judged], *, source: str, home: str, at: datetime) -> list[Judged]:
    """The same, with those new ones called doubtful who may be somebody we know."""
    new = {one.who: one for one in judged if one.is_new and one.verdict is not Verdict.BAD}
    newcomers, unknown = {}, {}
    for who, one in new.items():
        statements = _statements(one.said, source, home, at)
        newcomers[who] = Newcomer((who,), sort_key(one.said.name)[:220], statements)
        ways = [(way.channel, way.address) for way in one.said.ways]
        mails, phones = [address for channel, address in ways if channel == "EMAIL"], numbers_among(ways)
        unknown[who] = Known(one.said.name, statements, mails, phones)
    pairs = resembling(newcomers, unknown)
    names = names_among(pair.other_id for pair in pairs)
    alike: dict[int, list[Odd]] = {}
    for pair in sorted(pairs, key=lambda one: -one.certainty):
        alike.setdefault(pair.one_id, []).append(Odd(Remark.ALIKE, f"{names.get(pair.other_id, '')}|{pair.reasons[0]}"))
    return [
        replace(one, verdict=Verdict.DOUBTFUL, odd=(*one.odd, *alike[one.who][:3]))
        if one.is_new and one.who in alike
        else one
        for one in judged
    ]


def note_trial(one: Judged) -> None:
    """Write into a row what it would be; whoever calls keeps it."""
    one.row.verdict, one.row.known_by, one.row.erased_at = one.verdict, one.found.by[:300], one.erased_at
    one.row.odd = [each.kept() for each in one.odd]


def statements_said(said: Understood, source: str) -> tuple[Said, ...]:
    """What is taken down of a row."""
    return tuple(Said(one.attribute, one.value, source, one.evidence) for one in said.told)


def _statements(said: Understood, source: str, home: str, at: datetime) -> list[Statement]:
    certainty = certainty_of(source)
    return [
        Statement(one.attribute, kept_form(one.attribute, one.value, country=home), source, at, certainty)
        for one in said.told
    ]
