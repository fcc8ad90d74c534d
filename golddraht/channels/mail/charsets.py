"""Bytes to text when the declared charset is missing, unknown or wrong."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

ALIASES = {
    "ansi": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "ansi_x3.4-1968": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "iso-8859-1-windows-3.1-latin-1": "cp1252",
    "windows-1252": "cp1252",
    "x-ansi": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "windows-874": "cp874",
    "tis-620": "cp874",
}
# Codecs that Python offers but no mail means; some of them take quadratic time or unpack escapes.
NEVER = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
SINGLE_BYTE_LATIN = {"cp1252", "iso8859-15", "latin-1", "iso8859-1", "cp1250", "ascii"}
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The upper half of cp1252 as people who write German and their neighbours really use it.
COMMON_CP1252 = frozenset("äöüÄÖÜßéèêëàâáçñóòôíìîúùûøåæÅØÆÉÈÀÇœ€§°²³µ´·•–—„“”‚‘’‹›«»…™®©½¼¾±× \xad".encode("cp1252"))
SAMPLE = 16_384
SAMPLE_TO_GUESS_BY = 5_000
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
SURROGATES = re.compile("[\ud800-\udfff]")


def plain(text: str) -> str:
    """The text without control characters and lone surrogates, line ends as `\\n`: fit for JSON and PostgreSQL."""
    ends = text.replace("\r\n", "\n").replace("\r", "\n")
    return SURROGATES.sub("\ufffd", CONTROLS.sub("", ends))


def codec_named(charset: str | None) -> str | None:
    """The Python codec for a charset label of a mail, or None when there is none worth trusting."""
    label = (charset or "").strip(" \"'<>;").lower()
    if not re.fullmatch(r"[a-z0-9_.:+-]{1,40}", label):
        return None
    try:
        codec = codecs.lookup(ALIASES.get(label, label))
    except (LookupError, ValueError):
        return None
    if not getattr(codec, "_is_text_encoding", False) or codec.name.replace("-", "_") in NEVER:
        return None
    return codec.name


def decoded(content: bytes, charset: str | None) -> tuple[str, str | None]:
    """The text in `content` and, where the label was no help, a sentence that says so. Never raises."""
    for bom, codec in BOMS:
        if content.startswith(bom) and (text := _strict(content, codec)) is not None:
            return plain(text), None
    named = codec_named(charset)
    if content.isascii() and (named is None or named in SINGLE_BYTE_LATIN or named == "utf-8"):
        unknown = f"The charset “{_shown(charset)}” is not known." if charset and not named else None
        return plain(content.decode("ascii")), unknown
    return _believed(content, charset, named)


def _believed(content: bytes, charset: str | None, named: str | None) -> tuple[str, str | None]:
    if named in SINGLE_BYTE_LATIN and (text := _strict(content, "utf-8")) is not None:
        # Real Latin text is practically never valid UTF-8 by accident.
        return plain(text), f"The text is UTF-8 although it is labelled “{_shown(charset)}”."
    if named and named.startswith(("utf-16", "utf-32")) and b"\0" not in content:
        named = None  # real UTF-16 has a zero byte at every line end
    if named and (text := _strict(content, named)) is not None:
        return plain(text), None
    if named == "utf-8" and (text := _halves(content)) is not None:
        return plain(text), "Some characters could not be read."
    if named == "cp1252":
        return plain(content.decode("cp1252", "replace")), "Some characters could not be read."
    text, codec = guessed(content)
    return plain(text), _sentence(charset, named, codec)


def _halves(content: bytes) -> str | None:
    """UTF-8 in which signs beyond the first plane stand as two halves, or only one half is left, as Java writes it."""
    try:
        text = content.decode("utf-8", "surrogatepass")
    except UnicodeError:
        return None
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _sentence(charset: str | None, named: str | None, codec: str) -> str:
    if not charset:
        return f"No charset was given; the text was read as {codec}."
    if not named:
        return f"The charset “{_shown(charset)}” is not known; the text was read as {codec}."
    return f"The text is not valid {_shown(charset)}; it was read as {codec}."


def guessed(content: bytes) -> tuple[str, str]:
    """Text and codec by evidence: UTF-8, common cp1252, what charset-normalizer finds, at last cp1252."""
    if (text := _strict(content, "utf-8")) is not None:
        return text, "utf-8"
    high = {byte for byte in content if byte > 0x7F}
    if not high <= COMMON_CP1252 and (found := _normalised(content)):
        return found
    if _mostly_utf8(content):
        return content.decode("utf-8", "replace"), "utf-8"
    return content.decode("cp1252", "replace"), "cp1252"


def _normalised(content: bytes) -> tuple[str, str] | None:
    if _mostly_utf8(content):
        return None
    sample = content[:SAMPLE_TO_GUESS_BY]
    try:
        best = charset_normalizer.from_bytes(sample, steps=3, chunk_size=256).best()
    except Exception:  # a guess may fail in any way it likes, the mail must be read all the same
        return None
    if best is None or codec_named(best.encoding) is None:
        return None
    return content.decode(best.encoding, "replace"), best.encoding


def _mostly_utf8(content: bytes) -> bool:
    sample = content[:SAMPLE]
    text = sample.decode("utf-8", "replace")
    good = sum(1 for sign in text if sign > "\x7f" and sign != "\ufffd")
    return good > 0 and good >= 3 * text.count("\ufffd")


def _strict(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except (UnicodeError, ValueError, LookupError):
        return None


def _shown(charset: str | None) -> str:
    return plain(charset or "")[:40].encode("ascii", "replace").decode("ascii")
