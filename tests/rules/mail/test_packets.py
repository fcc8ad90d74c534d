"""What lies in packets of Outlook, in RTF, flowed text and calendars, beyond what the stories tell."""

from __future__ import annotations

import struct
from datetime import date

import pytest
import tnefparse
from compressed_rtf import compress
from hypothesis import given, settings
from hypothesis import strategies as st

from golddraht.channels.mail import rtf, tnef
from golddraht.channels.mail.flowed import unflowed
from golddraht.channels.mail.invitations import in_words, invitations

from . import packets

NAMES = st.from_regex(r"[A-Za-zäöüß][A-Za-zäöüß0-9 ]{0,30}\.(pdf|jpg|docx)", fullmatch=True)
FILES = st.lists(st.tuples(NAMES, st.binary(min_size=1, max_size=200)), max_size=5)


@settings(max_examples=60, deadline=None)
@given(FILES)
def test_we_find_the_files_that_another_reader_finds(files: list[tuple[str, bytes]]) -> None:
    packet = packets.packet(*(packets.file(name, content) for name, content in files))

    found = tnef.packet(packet)
    theirs = tnefparse.TNEF(packet).attachments

    assert [(one.name, one.content) for one in found.files] == files
    assert [(one.long_filename(), one.data) for one in theirs] == files
    assert not found.is_damaged


@settings(max_examples=150, deadline=None)
@given(FILES, st.integers(0, 400), st.binary(max_size=6))
def test_a_wounded_packet_never_raises(files: list[tuple[str, bytes]], at: int, wound: bytes) -> None:
    packet = bytearray(packets.packet(*(packets.file(name, content) for name, content in files)))
    packet[at : at + len(wound)] = wound
    tnef.packet(bytes(packet))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(st.characters(min_codepoint=32, max_codepoint=0x1F600, exclude_categories=("Cs", "Cc", "Cn"))),
        min_size=1,
        max_size=5,
    )
)
def test_rtf_gives_back_what_was_written_in_it(lines: list[str]) -> None:
    def coded(text: str) -> bytes:
        units = struct.iter_unpack("<h", text.encode("utf-16-le"))
        return b"".join(b"\\u%d?" % unit for (unit,) in units)

    document = b"{\\rtf1\\ansi\\ansicpg1252 " + b"\\par ".join(map(coded, lines)) + b"}"
    packed = rtf.unpacked(compress(document))

    assert packed == document
    text, html = rtf.words_of(document)
    assert (text or "", html) == ("\n".join(lines).strip("\n"), None)


@given(st.binary(max_size=300))
def test_any_bytes_after_the_beginning_of_rtf_are_read(content: bytes) -> None:
    rtf.words_of(b"{\\rtf1" + content)
    rtf.unpacked(content)


@pytest.mark.parametrize(
    ("text", "delsp", "whole"),
    [
        ("eins \nzwei\n", False, "eins zwei\n"),
        ("eins \nzwei\n", True, "einszwei\n"),
        ("> eins \n> zwei\n>> drei \n> vier", False, "> eins zwei\n>> drei\n> vier"),
        ("Gruß \n-- \nPetra", False, "Gruß\n-- \nPetra"),
        (" >kein Zitat\n From hier", False, ">kein Zitat\nFrom hier"),
    ],
)
def test_flowed_lines_become_paragraphs(text: str, delsp: bool, whole: str) -> None:
    assert unflowed(text, delsp=delsp) == whole


def test_a_whole_day_is_told_in_german_without_a_clock() -> None:
    calendar = "BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260420\nSUMMARY:Einbau\nEND:VEVENT\nEND:VCALENDAR"
    (found,) = invitations(calendar) or ()

    assert found.begins == date(2026, 4, 20)
    assert in_words(found, "de") == "Absage: Einbau\nWann: Montag, 20. April 2026, ganztägig"


def test_a_calendar_without_end_is_none() -> None:
    assert invitations("BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 10_000) is None
    assert invitations("Guten Tag") is None
