"""Tables of strangers: CSV out of any program, workbooks, vCards; each with its columns, its lines, and how it was understood."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from golddraht.ground.sheets import LONGEST_FIELD, SAMPLE, SEPARATORS, NotASheet, encoding_of
from golddraht.ground.text import without_control
from golddraht.ground.vcards import columns_and_rows, is_vcards
from golddraht.ground.workbooks import is_workbook, sheet_of

LOOKED_AT = 25
"""Above the names of the columns may stand so many lines: a title, the day, who printed it."""
LONGEST_CELL = 4_000
Knows = Callable[[str], bool]
"""Whether these words name a column that we know."""


@dataclass(frozen=True)
class Line:
    """One line of a table, with its number in the file as people count: from 1."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """`told` says how the file was understood: form, encoding, separator, quote, sheet. `lines` can be walked once."""

    columns: tuple[str, ...]
    lines: Iterator[Line]
    told: dict[str, str] = field(default_factory=dict)
    header_line: int = 1


def table_in(path: str | Path, *, knows: Knows, sheet: str = "") -> Table:
    """What stands in the file, whatever it is called. Raises NotASheet, with words that say what to do."""
    path = Path(path)
    with path.open("rb") as file:
        start = file.read(SAMPLE)
    if is_vcards(start):
        return _cards(path)
    if is_workbook(start):
        name, rows = sheet_of(path, sheet)
        return _headed(enumerate(rows, 1), knows, {"form": "xlsx", "sheet": name})
    if start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{", b"<")) or b"\0\0\0" in start:
        raise NotASheet("This is neither a table nor a card: send a CSV, an Excel workbook (.xlsx) or vCards (.vcf).")
    return _csv(path, knows)


def _cards(path: Path) -> Table:
    columns, rows = columns_and_rows(path)
    lines = (Line(number, _bearable(cells)) for number, cells in rows)
    return Table(columns, lines, {"form": "vcf"})


def _csv(path: Path, knows: Knows) -> Table:
    encoding = encoding_of(path)
    csv.field_size_limit(LONGEST_FIELD)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        sample = file.read(SAMPLE)
    separator, quote = separator_of(sample), quote_of(sample)
    told = {"form": "csv", "encoding": encoding, "separator": separator, "quote": quote}
    return _headed(_csv_lines(path, encoding, separator, quote), knows, told)


def _csv_lines(path: Path, encoding: str, separator: str, quote: str) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        bare = (line.replace("\0", "") for line in file)
        reader = csv.reader(bare, delimiter=separator, quotechar=quote)
        number = 1
        try:
            for cells in reader:
                yield number, cells
                number = reader.line_num + 1
        except csv.Error as error:
            raise NotASheet(f"Line {reader.line_num} cannot be read: {error}.") from error


def separator_of(sample: str) -> str:
    """The sign that parts most lines into equally many cells."""
    lines = [line for line in sample.splitlines()[: 2 * LOOKED_AT] if line.strip()]
    if lines and (found := re.fullmatch(r"sep=(.)", lines[0].strip("\ufeff "))):
        return found[1]
    return max(SEPARATORS, key=lambda sign: _evenness(lines, sign))


def _evenness(lines: Sequence[str], sign: str) -> tuple[int, int, int]:
    counts = Counter(len(cells) - 1 for cells in csv.reader(lines, delimiter=sign))
    parted = {count: lines for count, lines in counts.items() if count}
    most = max(parted, key=lambda count: (parted[count], count), default=0)
    return parted.get(most, 0), most, -SEPARATORS.index(sign)


def quote_of(sample: str) -> str:
    """The sign around cells: the double one, unless nearly every cell stands in single ones."""
    single, double = (len(re.findall(rf"(?:^|[;,\t|]){sign}", sample, re.M)) for sign in ("'", '"'))
    return "'" if single > 4 and single > 4 * double else '"'


def _headed(lines: Iterable[tuple[int, list[str]]], knows: Knows, told: dict[str, str]) -> Table:
    rest = iter(lines)
    first = [(number, [cell.strip() for cell in cells]) for number, cells in islice(rest, LOOKED_AT)]
    if first and re.fullmatch(r"\ufeff?sep=.?", ",".join(first[0][1])):
        first = first[1:]
    if not any(any(cells) for _, cells in first):
        raise NotASheet("The file is empty: the first line has to name the columns.")
    place = _header_place(first, knows)
    if place < 0:
        width = max(len(cells) for _, cells in first)
        columns = [f"Spalte {index + 1}" for index in range(width)]
        return Table(tuple(columns), _filled(chain(first, rest), width), told, 0)
    group = first[place - 1][1] if place else []
    columns = _unique(first[place][1], group)
    below = chain(first[place + 1 :], rest)
    return Table(tuple(columns), _filled(below, len(columns)), told, first[place][0])


def _header_place(first: Sequence[tuple[int, list[str]]], knows: Knows) -> int:
    """Where the names of the columns stand; -1 where the file begins with people at once."""
    known = [sum(1 for cell in cells if cell and knows(cell)) for _, cells in first]
    best = max(known)
    if best >= 2 or (best == 1 and max(len([cell for cell in cells if cell]) for _, cells in first) < 4):
        return known.index(best)
    widest = max(sum(map(bool, cells)) for _, cells in first)
    place = next(index for index, (_, cells) in enumerate(first) if sum(map(bool, cells)) * 2 >= widest)
    return -1 if any(re.search(r"@|\d", cell) for cell in first[place][1]) else place


def _unique(names: Sequence[str], group: Sequence[str]) -> list[str]:
    """A name for each column: what is called the same gets the name of its group above, or a number."""
    above = _spread(group, len(names)) if sum(map(bool, group)) > 1 else [""] * len(names)
    doubled = {name for name, count in Counter(names).items() if count > 1}
    found: list[str] = []
    for index, (name, over) in enumerate(zip(names, above, strict=True)):
        full = f"{over} {name}".strip() if name in doubled or not name else name
        told = " ".join((full or f"Spalte {index + 1}").split())[:120]
        count = 2
        while (told if count == 2 else f"{told} ({count - 1})") in found:
            count += 1
        found.append(told if count == 2 else f"{told} ({count - 1})")
    while found and not names[len(found) - 1] and not above[len(found) - 1]:
        found.pop()
    return found


def _spread(group: Sequence[str], width: int) -> list[str]:
    """What stands in a merged cell stands over all columns below it."""
    told, spread = "", list[str]()
    for index in range(width):
        told = (group[index] if index < len(group) else "") or told
        spread.append(told)
    return spread


def _filled(lines: Iterable[tuple[int, list[str]]], width: int) -> Iterator[Line]:
    for number, cells in lines:
        kept = _bearable(cells)
        if any(kept):
            yield Line(number, [*kept[:width], *[""] * (width - len(kept))])


def _bearable(cells: Iterable[str]) -> list[str]:
    return [_bearable_cell(cell) for cell in cells]


def _bearable_cell(cell: str) -> str:
    """A formula that only keeps zeros (="0123") is what it shows."""
    words = without_control(cell).strip().removeprefix("\ufeff")
    shown = re.fullmatch(r'=\s*"([^"]*)"', words)
    return (shown[1] if shown else words)[:LONGEST_CELL]
