"""The mails that the bench hands to everybody."""

from __future__ import annotations

from pathlib import Path

from bench.mail.corpus import corpus
from bench.mail.measuring import filled_in, read_mails, write_mails


def test_the_bench_writes_the_same_mails_each_time() -> None:
    made, again = corpus(80, earlier=10), corpus(80, earlier=10)

    assert (made.earlier, made.mails) == (again.earlier, again.mails)
    assert len(made.earlier) == 10 and len(made.mails) == 80
    assert set(made.kinds) == {"new", "token", "references", "subject", "automatic"}


def test_what_a_program_needs_to_find_back_is_filled_into_the_head_alone() -> None:
    made = corpus(80, earlier=10)
    marked = next(mail for mail in made.mails if b"@@to-" in mail)

    filled = filled_in(marked, [(b"service+%d@here.example" % place, b"[7-%d]" % place) for place in range(10)], b"")

    assert b"To: service+" in filled and b"[7-" in filled and b"@@" not in filled.partition(b"\n\n")[0]
    assert filled.partition(b"\n\n")[2] == marked.partition(b"\n\n")[2]


def test_a_program_without_addresses_of_its_own_is_written_to_plainly() -> None:
    marked = next(mail for mail in corpus(80, earlier=10).mails if b"@@to-" in mail)

    assert b"To: service@here.example\n" in filled_in(marked, [(b"", b"[7]")] * 10, b"service@here.example")


def test_mails_are_read_as_they_were_written(tmp_path: Path) -> None:
    mails = [b"", b"From: a\n\n0000000005", b"\x00\xff"]

    write_mails(tmp_path / "mails", mails)

    assert read_mails(tmp_path / "mails") == mails
