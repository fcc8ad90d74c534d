"""Mails are found in files, mboxes, Maildirs and folders, and every file that cannot be read says why."""

from __future__ import annotations

import os
from pathlib import Path

from jsonschema import Draft202012Validator

from golddraht.channels.mail.showing import Unreadable, mails_in, show

from .corpus import MAILS, SCHEMA, STORIES

MBOX = (
    b"From petra@kunde.example Tue Mar  3 10:15:00 2026\n"
    b"From: petra@kunde.example\nSubject: eins\n\nHallo,\n\nFrom my point of view\n>From hier\n>>From dort\n\n"
    b"From otto@kunde.example Wed Mar  4 10:15:00 2026\n"
    b"From: otto@kunde.example\nSubject: zwei\n\nText\n"
)


def test_an_mbox_gives_its_mails_one_after_the_other(tmp_path: Path) -> None:
    (tmp_path / "alt.mbox").write_bytes(MBOX)
    shown = [show(*found) for found in mails_in([str(tmp_path / "alt.mbox")])]

    assert [(one["index"], one["subject"]) for one in shown] == [(0, "eins"), (1, "zwei")]
    assert shown[0]["text"] == "Hallo,\n\nFrom my point of view\nFrom hier\n>From dort\n"


def test_a_maildir_gives_read_and_new_mails_but_none_that_is_still_being_written(tmp_path: Path) -> None:
    for folder in ("cur", "new", "tmp", ".Archiv/cur"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "1.M2.host:2,S").write_bytes(b"Subject: " + folder.encode() + b"\n\nx\n")
    (tmp_path / "dovecot-uidlist").write_text("3 V1")

    subjects = [show(*found)["subject"] for found in mails_in([str(tmp_path)])]

    assert subjects == [".Archiv/cur", "cur", "new"]


def test_a_folder_is_searched_and_keeps_the_path_as_it_was_given() -> None:
    relative = os.path.relpath(MAILS)
    found = list(mails_in([f"./{relative}"]))

    assert len(found) == len(STORIES)
    assert all(path.startswith(f"./{relative}/") and index == 0 for path, index, _ in found)


def test_what_cannot_be_read_gives_its_problem(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.eml")
    shown = [show(*found) for found in mails_in([str(tmp_path / "fehlt.eml"), str(tmp_path), "schlecht\0.eml"])]

    assert [len(one["problems"]) for one in shown] == [1, 1, 1]  # type: ignore[arg-type]
    for one in shown:
        Draft202012Validator(SCHEMA).validate(one)


def test_an_mbox_is_read_without_being_held_in_memory(tmp_path: Path) -> None:
    (tmp_path / "gross").write_bytes(MBOX * 2_000)
    mails = mails_in([str(tmp_path / "gross")])

    assert not isinstance(next(mails)[2], Unreadable)
    assert sum(1 for _ in mails) == 3_999
