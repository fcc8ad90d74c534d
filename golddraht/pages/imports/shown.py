"""An import as its page shows it: columns with their meanings, rows as they are understood, and the picture of them all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from golddraht.commerce.operations.foretelling import Foretold
from golddraht.customers.rules.attributes import Attribute
from golddraht.imports.operations.judging import Judged
from golddraht.imports.rules.reading import day_in
from golddraht.imports.rules.states import AT_WORK, State, Verdict
from golddraht.imports.rules.subjects import CUSTOMERS
from golddraht.imports.rules.understanding import FAULTS, LEFT_OUT, Odd, Remark, Told
from golddraht.pages.customers.wording import (
    attribute_name,
    language_name,
    mode_words,
    postal_words,
    way_name,
    wish_words,
)
from golddraht.pages.imports.outside import (
    can_do_without,
    outside_lines,
    outside_odd_words,
    outside_target_words,
    outside_verdict,
    subject_words,
)
from golddraht.pages.imports.wording import (
    BADGES,
    known_words,
    odd_words,
    state_words,
    target_words,
    trust_words,
    understood_words,
    unreadable_words,
    verdict_words,
    why_words,
)

VERDICT_BADGES = {
    Verdict.NEW: "ok",
    Verdict.KNOWN: "news",
    Verdict.CHANGED: "news",
    Verdict.DOUBTFUL: "soon",
    Verdict.BAD: "late",
}
EXAMPLES = 3


@dataclass(frozen=True)
class Segment:
    """A part of the picture: where it begins and how wide it is, out of 100."""

    kind: str
    words: str
    count: int
    x: str
    width: str


@dataclass(frozen=True)
class ImportLine:
    """An import in the list, and the head of its page."""

    id: int
    url: str
    file_name: str
    source: str
    trust: str
    about: str
    is_of_customers: bool
    by_name: str
    kept_at: Any
    state: str
    state_words: str
    badge: str
    is_at_work: bool
    row_count: int
    through: int
    segments: list[Segment]
    picture_text: str


def import_line(file: Any, slug: str) -> ImportLine:
    state: State = file.state
    segments = _segments(file)
    return ImportLine(
        id=file.pk,
        url=reverse("import", args=[slug, file.pk]),
        file_name=file.file_name,
        source=file.source.name,
        trust=trust_words(file.source.source) if file.about == CUSTOMERS else "",
        about=subject_words()[file.about],
        is_of_customers=file.about == CUSTOMERS,
        by_name=file.by.user.name if file.by else "",
        kept_at=file.kept_at,
        state=str(state),
        state_words=state_words(state),
        badge=BADGES.get(state, "news" if state in AT_WORK else ""),
        is_at_work=state in AT_WORK,
        row_count=file.row_count,
        through=_through(file, state),
        segments=segments,
        picture_text=", ".join(f"{one.count} {one.words}" for one in segments),
    )


def _through(file: Any, state: State) -> int:
    if state is State.UNDOING:
        return int(min(file.through, file.row_count))
    return int(file.new_count + file.changed_count + file.known_count + file.doubtful_count + file.bad_count)


def _segments(file: Any) -> list[Segment]:
    counts = {one: getattr(file, f"{one}_count") for one in Verdict}
    whole, begun, found = sum(counts.values()), 0, list[Segment]()
    for verdict, count in counts.items():
        if count:
            x, width = 100 * begun / whole, 100 * count / whole
            found.append(Segment(str(verdict), verdict_words(verdict), count, f"{x:.2f}", f"{max(width, 0.6):.2f}"))
            begun += count
    return found


def meanings(file: Any) -> dict[str, str]:
    """What a column of this file can mean."""
    return target_words() if file.about == CUSTOMERS else outside_target_words(file.about)


@dataclass(frozen=True)
class ColumnShown:
    index: int
    name: str
    examples: list[str]
    target: str
    target_words: str
    why: str


def columns_shown(file: Any, rows: Sequence[Any]) -> list[ColumnShown]:
    """Each column with its first values and what it is taken for."""
    words = meanings(file)
    return [
        ColumnShown(index, name, _examples(rows, index), target, words[target], why_words(why))
        for index, (name, target, why) in enumerate(zip(file.columns, file.targets, file.whys, strict=True))
    ]


def _examples(rows: Sequence[Any], index: int) -> list[str]:
    cells = [row.cells[index] for row in rows if len(row.cells) > index and row.cells[index]]
    return [cell[:40] for cell in dict.fromkeys(cells)][:EXAMPLES]


@dataclass(frozen=True)
class RowShown:
    """A row as it is understood."""

    number: int
    name: str
    lines: list[tuple[str, str]]
    verdict: str
    badge: str
    known: str
    odd: list[str]


def row_shown(file: Any, one: Judged | Foretold) -> RowShown:
    return _thing_shown(file, one) if isinstance(one, Foretold) else _person_shown(one)


def _thing_shown(file: Any, one: Foretold) -> RowShown:
    verdict = outside_verdict(one)
    notes = [f"NOBODY:{one.cells.get('customer_number') or one.cells.get('email') or one.cells.get('order') or ''}"]
    faults = [f"{one.fault.reason}:{one.fault.field}"] if one.fault else notes if verdict is Verdict.DOUBTFUL else []
    if one.of_erased is not None:
        faults = [f"ERASED:{one.of_erased.erased_at.date().isoformat()}"]
    return RowShown(
        number=one.rows[0].number,
        name=str(one.cells.get("number") or gettext("without a number")),
        lines=outside_lines(file, one),
        verdict=verdict_words(verdict),
        badge=VERDICT_BADGES[verdict],
        known="",
        odd=outside_odd_words(file, faults),
    )


def _person_shown(one: Judged) -> RowShown:
    said = one.said
    lines = [
        (attribute_name(told.attribute), _value(told)) for told in said.told if told.attribute is not Attribute.NAME
    ]
    lines += [(way_name(way.channel, way.address), way.shown) for way in said.ways]
    if said.organisation:
        lines.append((gettext("Company"), ", ".join(filter(None, (said.organisation, said.role)))))
    if said.household:
        lines.append((gettext("Household"), said.household))
    return RowShown(
        number=one.row.number,
        name=said.name or gettext("without a name"),
        lines=lines,
        verdict=verdict_words(one.verdict),
        badge=VERDICT_BADGES[one.verdict],
        known=known_words(one.found.by),
        odd=[odd_words(odd) for odd in one.odd],
    )


def _value(told: Told) -> str:
    if told.attribute is Attribute.POSTAL:
        return postal_words(told.value)
    if told.attribute is Attribute.BORN_ON:
        day = day_in(told.value)
        return date_format(day, "SHORT_DATE_FORMAT") if day else told.value
    spoken = {Attribute.SALUTATION: mode_words, Attribute.LANGUAGE: language_name, Attribute.WISH: wish_words}
    return spoken.get(told.attribute, str)(told.value)


@dataclass(frozen=True)
class OddRow:
    """A bad or doubtful row with its reasons; `url` is where it is mended, or the customer it became."""

    number: int
    words: str
    url: str
    reasons: list[str]
    is_lenient_enough: bool
    is_of_the_erased: bool


def bad_shown(rows: Iterable[Any], slug: str, import_id: int) -> list[OddRow]:
    return [_odd(row, reverse("import_row", args=[slug, import_id, row.number])) for row in rows]


def doubtful_shown(rows: Iterable[Any], slug: str) -> list[OddRow]:
    return [_odd(row, reverse("customer", args=[slug, row.customer_id]) if row.customer_id else "") for row in rows]


def _odd(row: Any, url: str) -> OddRow:
    words = ", ".join(cell for cell in row.cells if cell)[:120]
    if row.file.about != CUSTOMERS:
        reasons = outside_odd_words(row.file, row.odd)
        return OddRow(row.number, words, url, reasons, can_do_without(row.odd), is_of_the_erased=False)
    odd = [Odd.read(one) for one in row.odd]
    faults = {one.remark for one in odd} & FAULTS
    return OddRow(row.number, words, url, [odd_words(one) for one in odd], faults <= LEFT_OUT, Remark.ERASED in faults)


def reasons_of(file: Any, row: Any) -> list[str]:
    """What is odd about a row, in sentences."""
    if file.about != CUSTOMERS:
        return outside_odd_words(file, row.odd)
    return [odd_words(Odd.read(one)) for one in row.odd]


def outcome_words(file: Any) -> str:
    """What came of an import that is over."""
    if file.state is State.UNDONE and file.about != CUSTOMERS:
        return _outside_outcome(file)
    if file.state is State.UNDONE:
        gone = ngettext("%(count)s customer is gone again", "%(count)s customers are gone again", file.gone_count)
        stayed = ngettext(
            "%(count)s stays because somebody has dealt with them since",
            "%(count)s stay because somebody has dealt with them since",
            file.stayed_count,
        )
        facts = ngettext(
            "%(count)s statement was withdrawn", "%(count)s statements were withdrawn", file.withdrawn_count
        )
        told = [(gone, file.gone_count), (stayed, file.stayed_count), (facts, file.withdrawn_count)]
        return "; ".join(words % {"count": count} for words, count in told if count or words is facts) + "."
    return ""


def _outside_outcome(file: Any) -> str:
    gone = ngettext("%(count)s is gone again", "%(count)s are gone again", file.gone_count)
    stayed = ngettext(
        "%(count)s came with it and stays because more was said of it since",
        "%(count)s came with it and stay because more was said of them since",
        file.stayed_count,
    )
    facts = ngettext("%(count)s statement was withdrawn", "%(count)s statements were withdrawn", file.withdrawn_count)
    told = [(gone, file.gone_count), (stayed, file.stayed_count), (facts, file.withdrawn_count)]
    return "; ".join(words % {"count": count} for words, count in told if count or words is facts) + "."


def facts_of_file(file: Any) -> dict[str, str]:
    return {
        "understood": understood_words(file.form, file.encoding, file.separator, file.sheet),
        "unreadable": unreadable_words(file.unreadable) if file.unreadable else "",
        "outcome": outcome_words(file),
    }
