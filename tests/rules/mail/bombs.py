"""Hostile mails, made when asked for: what takes a careless reader minutes or gigabytes."""

from __future__ import annotations

import base64
import random
import struct
import zlib
from collections.abc import Callable

from . import packets

LARGE = 20_000_000
LARGEST = 59_000_000  # just below what is read at all
HEAD = b"From: petra@kunde.example\nSubject: x\nMIME-Version: 1.0\n"


def _text(body: bytes, kind: bytes = b"text/plain; charset=utf-8") -> bytes:
    return HEAD + b"Content-Type: " + kind + b"\n\n" + body


def _packed(content: bytes, kind: bytes) -> bytes:
    lines = base64.encodebytes(content)
    return HEAD + b"Content-Type: " + kind + b"\nContent-Transfer-Encoding: base64\n\n" + lines


def a_mail_of_one_large_base64_file() -> bytes:
    return _packed(b"\0" * (LARGEST * 72 // 100), b"application/pdf; name=a.pdf")


def a_large_text_with_one_smiley() -> bytes:
    return _text(b"a" * LARGEST + "😀".encode())


def a_large_text_of_empty_lines() -> bytes:
    return _text(b"\n" * LARGE)


def a_large_text_of_quotations() -> bytes:
    return _text(b"> a\n" * (LARGE // 4))


def a_large_text_of_header_blocks() -> bytes:
    return _text(b"Von: a@b.example\nDatum: 1.1.2026 10:00\nBetreff: x\n\n> x\n\n" * 100_000)


def a_large_text_of_attributions() -> bytes:
    return _text(b"Am 02.03.2026 um 10:15 schrieb\nA\nB\nC\n" * 200_000)


def a_large_text_of_signature_marks() -> bytes:
    return _text(b"-----BEGIN PGP SIGNATURE-----\n" * 300_000)


def a_large_text_of_open_pgp_messages() -> bytes:
    return _text(b"-----BEGIN PGP MESSAGE-----\n" * 300_000 + b"-----BEGIN PGP SIGNED MESSAGE-----\n\n" * 300_000)


def a_large_text_of_uuencoded_beginnings() -> bytes:
    return _text(b"begin 644 a\n" * (LARGE // 12))


def a_large_uuencoded_file_of_short_lines() -> bytes:
    return _text(b"begin 644 a\n" + b"!\n" * (LARGE // 3) + b"end\n")


def a_large_yenc_of_escapes() -> bytes:
    return _text(b"=ybegin line=128 size=9 name=a\n" + b"=" * (LARGE // 2) + b"\n=yend size=9\n")


def a_large_flowed_text() -> bytes:
    return _text(b"> a \n" * 1_000_000 + b">" * 1_000_000, b"text/plain; format=flowed")


def forty_mails_inside_each_other_around_a_large_one() -> bytes:
    return (HEAD + b"Content-Type: message/rfc822\n\n") * 39 + _text(b"a\n" * (LARGE // 2 - 5_000))


def boundaries_inside_boundaries_around_a_large_text() -> bytes:
    opened = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(60))
    return HEAD + opened + b"\n" + b"--b\n" * (LARGEST // 4 - 2_000)


def base64_inside_base64_inside_base64() -> bytes:
    raw = _text(b"a" * (LARGEST // 8))
    while len(raw) < LARGEST * 7 // 10:
        raw = _packed(raw, b"message/rfc822")
    return raw


def a_million_parts() -> bytes:
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\na\n" * 1_000_000


def headers_in_every_part() -> bytes:
    part = b"--b\n" + b"X: y\n" * 50_000 + b"\na\n"
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + part * (LARGE // len(part))


def one_endless_header() -> bytes:
    return HEAD + b"To: " + b"a@b.example, " * (LARGE // 14) + b"\n\nx"


def thirty_large_html_parts() -> bytes:
    part = b"--b\nContent-Type: text/html\n\n" + b"<table><tr><td><a href=x>a</a>" * 60_000 + b"\n"
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + part * 30 + b"--b--\n"


def a_large_html_of_open_elements() -> bytes:
    return _text(b"<b><i><p><a><table>" * 100_000, b"text/html")


def a_large_html_of_half_tags() -> bytes:
    return _text(b"<a <b <c " * 200_000, b"text/html")


def a_large_html_of_ampersands() -> bytes:
    return _text(b"&lt&" * 450_000, b"text/html")


def a_packet_of_a_million_attributes() -> bytes:
    return _packed(packets.packet(packets.attribute(0x8010, b"", level=2) * 3_000_000), b"application/ms-tnef")


def a_packet_that_claims_more_than_there_is() -> bytes:
    many = struct.pack("<I", 0xFFFFFFFF) + struct.pack("<HHI", 0x1002, 0x3001, 0xFFFFFFFF)
    return _packed(packets.packet(packets.attribute(packets.PROPERTIES, many) * 50), b"application/ms-tnef")


def packets_inside_packets() -> bytes:
    content = b"a" * 30_000_000
    for _ in range(8):
        mark = bytes.fromhex("0703020000000000c000000000000046")
        wrapped = packets.properties((packets.OBJECT, 0x3701, mark + content))
        new_file = packets.attribute(packets.NEW_FILE, b"\0" * 14, level=2)
        content = packets.packet(new_file + packets.attribute(packets.FILE_PROPERTIES, wrapped, level=2))
    return _packed(content, b"application/ms-tnef")


def rtf_that_unpacks_to_eight_times_its_size() -> bytes:
    body = b"\xff" + b"\x00\x0f" * 8
    content = body * (270_000 // len(body))
    head = struct.pack("<II", len(content) + 12, 1_800_000) + b"LZFu" + struct.pack("<I", _rtf_sum(content))
    wrapped = packets.properties((packets.BINARY, 0x1009, head + content))
    return _packed(packets.packet(packets.attribute(packets.PROPERTIES, wrapped)), b"application/ms-tnef")


def rtf_of_a_million_groups() -> bytes:
    rtf = b"{\\rtf1\\ansi" + b"{\\b\\'e4" * 400_000
    head = struct.pack("<II", len(rtf) + 12, len(rtf)) + b"MELA" + struct.pack("<I", 0)
    wrapped = packets.properties((packets.BINARY, 0x1009, head + rtf))
    return _packed(packets.packet(packets.attribute(packets.PROPERTIES, wrapped)), b"application/ms-tnef")


def _rtf_sum(content: bytes) -> int:
    from compressed_rtf.crc32 import crc32

    return int(crc32(content))


def a_calendar_of_a_thousand_years_of_seconds() -> bytes:
    zone = "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:16010101T000000\nRRULE:FREQ=SECONDLY\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n"
    event = "BEGIN:VEVENT\nDTSTART;TZID=X:20260101T000000\nRRULE:FREQ=SECONDLY\nSUMMARY:x\nEND:VEVENT\n"
    return _text(f"BEGIN:VCALENDAR\n{zone}{event}END:VCALENDAR\n".encode(), b"text/calendar; method=REQUEST")


def a_calendar_of_many_calendars() -> bytes:
    part = (
        b"--b\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n"
        + b"BEGIN:VEVENT\nDTSTART:20260101T000000Z\nEND:VEVENT\n" * 99
    )
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + (part + b"END:VCALENDAR\n") * 999


def a_sealed_part_that_unpacks_without_end() -> bytes:
    def der(tag: int, content: bytes) -> bytes:
        size = len(content)
        length = bytes([size]) if size < 128 else bytes([0x84]) + struct.pack(">I", size)
        return bytes([tag]) + length + content

    packed = zlib.compress(b"\0" * 200_000_000, 9)
    oid = bytes.fromhex("060b2a864886f70d0109100109")
    zip_ = der(0x30, bytes.fromhex("060b2a864886f70d0109100308"))
    inner = der(0x30, bytes.fromhex("06092a864886f70d010701") + der(0xA0, der(0x04, packed)))
    return _packed(der(0x30, oid + der(0xA0, der(0x30, b"\x02\x01\x00" + zip_ + inner))), b"application/pkcs7-mime")


def a_sealed_part_of_a_million_signers() -> bytes:
    sign = bytes.fromhex("06092a864886f70d010702")
    signers = b"\x31\x84" + struct.pack(">I", 20_000_000) + b"\x30\x00" * 10_000_000
    inner = b"\x02\x01\x01\x31\x00\x30\x0b" + bytes.fromhex("06092a864886f70d010701") + signers
    inner = b"\x30\x84" + struct.pack(">I", len(inner)) + inner
    outer = sign + b"\xa0\x84" + struct.pack(">I", len(inner)) + inner
    return _packed(b"\x30\x84" + struct.pack(">I", len(outer)) + outer, b"application/pkcs7-mime")


def _parts(part: bytes, count: int = 990) -> bytes:
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + (b"--b\n" + part + b"\n") * count + b"--b--\n"


def many_parts_of_noise_in_no_charset() -> bytes:
    return _parts(b"Content-Type: text/plain\n\n" + random.Random(3).randbytes(20_000).translate(None, b"-"))


def many_headers_of_noise_in_no_charset() -> bytes:
    chance = random.Random(5)
    noisy = (chance.randbytes(120).translate(None, b"\r\n\0 \t:") for _ in range(2_000))
    return b"".join(b"To: \x81\x8d" + one + b"@b.example\n" for one in noisy) + HEAD + b"\nx"


def many_sealed_parts() -> bytes:
    signers = b"\x31\x83" + struct.pack(">I", 48_000)[1:] + b"\x30\x00" * 24_000
    inner = b"\x02\x01\x01\x31\x00\x30\x0b" + bytes.fromhex("06092a864886f70d010701") + signers
    inner = b"\x30\x83" + struct.pack(">I", len(inner))[1:] + inner
    outer = bytes.fromhex("06092a864886f70d010702") + b"\xa0\x83" + struct.pack(">I", len(inner))[1:] + inner
    der = b"\x30\x83" + struct.pack(">I", len(outer))[1:] + outer
    head = b"Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64\n\n"
    return _parts(head + base64.encodebytes(der), 500)


def many_large_sealed_parts() -> bytes:
    head = b"Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64\n\n"
    return _parts(head + base64.encodebytes(b"\x30\x80" * 60_000), 200)


def many_packets_with_many_entries() -> bytes:
    packet = packets.packet(packets.attribute(0x8010, b"", level=2) * 4_000)
    head = b"Content-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n"
    return _parts(head + base64.encodebytes(packet), 800)


def many_packets_with_rtf() -> bytes:
    document = b"{\\rtf1\\ansi" + b"{\\b x}" * 8_000
    head = struct.pack("<II", len(document) + 12, len(document)) + b"MELA" + struct.pack("<I", 0)
    wrapped = packets.properties((packets.BINARY, 0x1009, head + document))
    packet = packets.packet(packets.attribute(packets.PROPERTIES, wrapped))
    tnef = b"Content-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n"
    return _parts(tnef + base64.encodebytes(packet), 600)


def many_files_in_many_texts() -> bytes:
    return _parts(b"Content-Type: text/plain\n\n" + b"begin 644 a\n#86%A\n`\nend\n" * 800)


def noise() -> bytes:
    return HEAD + b"\n" + random.Random(7).randbytes(20_000_000)


BOMBS: dict[str, Callable[[], bytes]] = {
    name: made
    for name, made in list(globals().items())
    if callable(made) and not name.startswith("_") and getattr(made, "__module__", None) == __name__
}
