"""Where the time of an arriving mail goes: statements and their time, reading, and computing by library."""

from __future__ import annotations

import cProfile
import pstats
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

SHOWN = 25
PARTS = (
    ("golddraht/channels/mail/", "reading the mail"),
    ("golddraht/", "Golddraht otherwise"),
    ("django/", "Django (ORM and signals)"),
    ("psycopg", "psycopg (waiting for the database included)"),
    ("procrastinate/", "procrastinate"),
    ("/email/", "email (standard library)"),
    ("~", "what is built into Python"),
    ("", "all else"),
)


class Statements:
    """Counts what is sent to the database, by its text without values."""

    def __init__(self) -> None:
        self.counted: Counter[str] = Counter()
        self.seconds: dict[str, float] = defaultdict(float)

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            text = shortened(str(sql))
            self.counted[text] += 1
            self.seconds[text] += time.perf_counter() - begun


def shortened(sql: str) -> str:
    """What is asked of which table, and by what: long lists of columns are left out."""
    sql = re.sub(r"\s+", " ", sql).replace('"', "")
    sql = re.sub(r"(SELECT (?:DISTINCT )?)\S.{30,}? FROM", r"\1… FROM", sql)
    sql = re.sub(r"\((?:[\w.]+, )+[\w.]+\)|\((?:%s(?:::[\w\[\]()]+)?, )+%s(?:::[\w\[\]()]+)?\)", "(…)", sql)
    return re.sub(r"\b\w+_(\w+)\.\1\.", "", sql)[:150]


def told(take: Callable[[bytes], Any], mails: list[bytes]) -> list[str]:
    """Lines of a report. Half of the mails are taken for the statements, half under the profiler, which slows them down."""
    half = len(mails) // 2
    return [*_statements(take, mails[:half]), "", *_computing(take, mails[half:])]


def _statements(take: Callable[[bytes], Any], mails: list[bytes]) -> Iterator[str]:
    statements = Statements()
    with _watched(statements):
        begun, computed = time.perf_counter(), time.process_time()
        for mail in mails:
            take(mail)
        whole, computed = time.perf_counter() - begun, time.process_time() - computed
    reading = _reading(mails)
    asked, each = sum(statements.seconds.values()), 1000 / len(mails)
    yield (
        f"a mail takes {whole * each:.1f} ms, {computed * each:.1f} of them computing in this process; "
        f"{sum(statements.counted.values()) / len(mails):.1f} statements"
    )
    yield (
        f"   {asked * each:.1f} ms in statements, {reading * each:.1f} ms reading it, "
        f"{(whole - asked - reading) * each:.1f} ms in all else (ORM, rules, commits)"
    )
    yield "statements of a mail, and their milliseconds, the most expensive first:"
    for text, seconds in sorted(statements.seconds.items(), key=lambda one: -one[1])[:SHOWN]:
        yield f"   {statements.counted[text] / len(mails):5.2f} {seconds * each:6.2f} ms  {text}"


@contextmanager
def _watched(statements: Statements) -> Iterator[None]:
    from django.db import connection

    with connection.execute_wrapper(statements):
        yield


def _reading(mails: list[bytes]) -> float:
    from bench.mail.parsing import understand

    begun = time.perf_counter()
    for mail in mails:
        understand(mail)
    return time.perf_counter() - begun


def _computing(take: Callable[[bytes], Any], mails: list[bytes]) -> Iterator[str]:
    profile = cProfile.Profile()
    profile.enable()
    for mail in mails:
        take(mail)
    profile.disable()
    rows: dict[Any, Any] = pstats.Stats(profile).stats  # type: ignore[attr-defined]  # It has them.
    whole = sum(row[2] for row in rows.values())
    parts: Counter[str] = Counter()
    for (file, _, _), row in rows.items():
        parts[next(name for word, name in PARTS if word in file)] += row[2]
    yield "shares of the time, as the profiler sees them:"
    yield from (f"   {share / whole:6.1%}  {name}" for name, share in parts.most_common())
    yield "functions of our own, with all that they call, a mail:"
    own = [(row[3], f"{_module(key[0])}.{key[2]}") for key, row in rows.items() if "/golddraht/" in key[0]]
    yield from (f"   {total * 1000 / len(mails):6.1f} ms  {name}" for total, name in sorted(own, reverse=True)[:SHOWN])


def _module(file: str) -> str:
    return file.rpartition("/golddraht/")[2].removesuffix(".py").replace("/", ".")
