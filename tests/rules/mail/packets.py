"""Writes packets as Outlook does (MS-OXTNEF), good and hostile ones."""

from __future__ import annotations

import struct

SIGNATURE = b"\x78\x9f\x3e\x22"
PROPERTIES, NEW_FILE, FILE_TITLE, FILE_CONTENT, FILE_PROPERTIES = 0x9003, 0x9002, 0x8010, 0x800F, 0x9005
BODY, CODEPAGE, VERSION = 0x800C, 0x9007, 0x9006
TEXT, UNICODE, BINARY, NUMBER, OBJECT = 0x001E, 0x001F, 0x0102, 0x0003, 0x000D


def attribute(name: int, value: bytes, *, level: int = 1, kind: int = 6) -> bytes:
    """One attribute with its checksum."""
    return struct.pack("<BHHI", level, name, kind, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def properties(*given: tuple[int, int, bytes]) -> bytes:
    """A block of MAPI properties, each (kind, name, value)."""
    return struct.pack("<I", len(given)) + b"".join(_property(*one) for one in given)


def _property(kind: int, name: int, value: bytes) -> bytes:
    if kind == NUMBER:
        return struct.pack("<HH", kind, name) + value
    return struct.pack("<HHII", kind, name, 1, len(value)) + value + b"\0" * (-len(value) % 4)


def file(name: str, content: bytes, *more: tuple[int, int, bytes]) -> bytes:
    """The attributes of one file: short name in the code page, long name in Unicode."""
    short = name.encode("cp1252", "replace")[:8] + b"\0"
    named = properties((UNICODE, 0x3707, (name + "\0").encode("utf-16-le")), *more)
    return (
        attribute(NEW_FILE, struct.pack("<HIHHHH", 1, 0, 0, 0, 0, 0), level=2)
        + attribute(FILE_TITLE, short, level=2, kind=1)
        + attribute(FILE_CONTENT, content, level=2)
        + attribute(FILE_PROPERTIES, named, level=2)
    )


def packet(*attributes: bytes) -> bytes:
    """A whole packet: signature, key, version, code page 1252, and what is given."""
    opening = attribute(VERSION, struct.pack("<I", 0x10000), kind=8)
    return (
        SIGNATURE
        + b"\x01\x00"
        + opening
        + attribute(CODEPAGE, struct.pack("<II", 1252, 0), kind=6)
        + b"".join(attributes)
    )
