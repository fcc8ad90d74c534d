"""How often silence would have been wrong, on a labelled set of German and English messages.

Marks in the set: b for bulk headers, a for automatic ones, o for an open concern of the sender.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from golddraht.ground.needs_no_answer import Contact, needs_answer

LABELLED = Path(__file__).with_name("labelled_messages.tsv")
FALSE_RATE_GOAL = 0.005
RECALL_GOAL = 0.9


@dataclass(frozen=True)
class Labelled:
    contact: Contact
    needs: bool


def labelled_messages() -> list[Labelled]:
    with LABELLED.open(encoding="utf-8", newline="") as table:
        return [labelled(row) for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)]


def labelled(row: dict[str, str]) -> Labelled:
    contact = Contact(
        text=row["text"].replace("\\n", "\n"),
        subject=row["subject"],
        sender="kunde@example.org" if row["sender"] == "-" else row["sender"],
        is_bulk="b" in row["marks"],
        is_automatic="a" in row["marks"],
        has_open_concern="o" in row["marks"],
    )
    return Labelled(contact, row["label"] == "answer")


def test_hardly_anybody_who_waits_for_an_answer_is_left_in_silence() -> None:
    waiting = [one.contact for one in labelled_messages() if one.needs]
    silenced = [contact for contact in waiting if not needs_answer(contact).needs]
    print(f"left in silence: {len(silenced)} of {len(waiting)}")
    assert len(silenced) / len(waiting) < FALSE_RATE_GOAL, silenced


def test_most_of_what_needs_no_answer_is_told_apart() -> None:
    idle = [one.contact for one in labelled_messages() if not one.needs]
    told = [contact for contact in idle if not needs_answer(contact).needs]
    print(f"told apart: {len(told)} of {len(idle)}")
    assert len(told) / len(idle) >= RECALL_GOAL


def test_the_set_is_large_varied_and_without_repetition() -> None:
    contacts = [one.contact for one in labelled_messages()]
    assert len(contacts) >= 400
    assert len(set(contacts)) == len(contacts)
