"""Taking rows over: what they say goes into the records, each row once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from golddraht.customers.models import Resemblance
from golddraht.customers.operations import live_together, look_at_many, propose
from golddraht.customers.operations.introducing import Introduced, introduce
from golddraht.customers.operations.proposing import Proposed
from golddraht.customers.queries.owning import names_among
from golddraht.imports.models import Import, Row
from golddraht.imports.operations.judging import Judged, Seen, judge, statements_said
from golddraht.imports.rules.states import RowState, Verdict
from golddraht.imports.rules.understanding import Odd, Remark
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.rows import all_changed
from golddraht.plumbing.tenancy import current_tenant_id

FOUND_BY = "import"
WRITTEN = (
    *("cells", "state", "verdict", "known_by", "odd", "household", "customer_id", "said_id", "is_new", "is_lenient"),
    *("digest", "erased_at", "let_in_why", "let_in_at", "actor_id"),
)


def take(file: Import, rows: Sequence[Row], *, at: datetime) -> None:
    """Judge these rows, take over the good ones, mark the bad ones, and count. Within one transaction."""
    assert file.begun_at is not None, "It was begun."
    judged = judge(file, rows, home=home_country(), today=at.date(), seen=Seen())
    fresh = [one for one in judged if one.verdict is not Verdict.BAD and not one.is_as_before]
    ids = _introduce(file, fresh)
    look_at_many(customer_ids=set(ids.values()), at=at)
    good = [one for one in judged if one.verdict is not Verdict.BAD]
    ids |= {one.row.number: one.who for one in good if one.is_as_before}
    _live_together(file, good, ids)
    _propose_owners(good, ids, at)
    alike = _alike({ids[one.row.number] for one in good if one.is_new})
    for one in judged:
        _mark(one, ids, alike)
    keep_rows(one.row for one in judged)
    count_verdicts(file, [Verdict(one.row.verdict) for one in judged])


def home_country() -> str:
    return Tenant.objects.values_list("country", flat=True).get(pk=current_tenant_id())


def keep_rows(rows: Iterable[Row]) -> None:
    all_changed(list(rows), *WRITTEN)


def _introduce(file: Import, good: Sequence[Judged]) -> dict[int, int]:
    """The customer of each row, by its number: new people first, then whoever is one with a new person of another row."""
    assert file.begun_at is not None, "It was begun."
    first = [one for one in good if one.is_new or one.who > 0]
    source, at = file.source.source, file.begun_at
    ids = introduce(people=[_introduced(one, one.who, source) for one in first], source=source, at=at)
    found = {one.row.number: id_ for one, id_ in zip(first, ids, strict=True)}
    rest = [one for one in good if one.row.number not in found]
    again = [_introduced(one, found[-one.who], source) for one in rest]
    more = introduce(people=again, source=source, at=at) if rest else []
    return found | {one.row.number: id_ for one, id_ in zip(rest, more, strict=True)}


def _introduced(one: Judged, who: int, source: str) -> Introduced:
    return Introduced(
        said=statements_said(one.said, source),
        points=one.found.ways,
        organisation=one.said.organisation,
        role=one.said.role,
        customer_id=who if who > 0 else None,
    )


def _live_together(file: Import, good: Sequence[Judged], ids: dict[int, int]) -> None:
    """Whoever has a household in common with an earlier row of the file lives there."""
    assert file.begun_at is not None, "It was begun."
    wanted = {one.said.household for one in good if one.said.household}
    known = Row.objects.filter(file=file, household__in=wanted, state=RowState.TAKEN).exclude(customer_id=None)
    first = {one.household: one.customer_id or 0 for one in known.order_by("-number")}
    for one in good:
        who = ids[one.row.number]
        other = first.setdefault(one.said.household, who) if one.said.household else who
        if other != who and not one.is_as_before:
            live_together(customer_id=who, with_id=other, source=file.source.source, at=file.begun_at)


def _propose_owners(good: Sequence[Judged], ids: dict[int, int], at: datetime) -> None:
    """Two customers to whom one row leads may be one."""
    pairs = [
        Proposed(ids[one.row.number], other, 0.8, ("one row of an import leads to both",))
        for one in good
        for other in one.found.others
        if other > 0 and other != ids[one.row.number]
    ]
    if pairs:
        propose(pairs=pairs, found_by=FOUND_BY, at=at)


def _alike(new: set[int]) -> dict[int, Odd]:
    """Whom of these somebody should look at, with the likeliest other and the reason."""
    rows = Resemblance.objects.filter(settled_at=None).order_by("certainty", "pk")
    pairs = [*rows.filter(first_id__in=new), *rows.filter(second_id__in=new)]
    names = names_among({id_ for one in pairs for id_ in (one.first_id, one.second_id)})
    found = {}
    for one in pairs:
        for who, other in ((one.first_id, one.second_id), (one.second_id, one.first_id)):
            if who in new:
                found[who] = Odd(Remark.ALIKE, f"{names.get(other, '')}|{next(iter(one.reasons), '')}")
    return found


def _mark(one: Judged, ids: dict[int, int], alike: dict[int, Odd]) -> None:
    row, odd, verdict = one.row, one.odd, one.verdict
    row.household, row.erased_at = one.said.household, one.erased_at
    if verdict is Verdict.BAD:
        row.state = RowState.BAD
    else:
        row.state, row.customer_id, row.is_new, row.cells = RowState.TAKEN, ids[row.number], one.is_new, []
        if one.is_new and row.customer_id in alike:
            odd, verdict = (*odd, alike[row.customer_id]), Verdict.DOUBTFUL
    row.known_by = one.found.by[:300] if verdict is not Verdict.BAD else ""
    row.verdict, row.odd = verdict, [each.kept() for each in odd]


def count_verdicts(file: Import, verdicts: Sequence[Verdict], *, less: Sequence[Verdict] = ()) -> None:
    """Add these to the numbers of the import, and take those of `less` off; the caller saves them."""
    for sign, told in ((1, verdicts), (-1, less)):
        for verdict, count in Counter(told).items():
            name = f"{verdict}_count"
            setattr(file, name, max(getattr(file, name) + sign * count, 0))
