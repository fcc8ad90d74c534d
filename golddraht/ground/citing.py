"""Laws as each language cites them: “Art. 12 (3) GDPR” is “Art. 12 Abs. 3 DSGVO” to a German reader.

Tables and rows hold the short international form, because a row is read in more than one language. German form:
Handbuch der Rechtsförmlichkeit, part B (Abs., Satz, Nr., Buchst.).
"""

from __future__ import annotations

import re

NAMES = {"GDPR": "DSGVO", "Article": "Artikel", "Articles": "Artikel", "no.": "Nr.", "sentence": "Satz"}
PARAGRAPH = re.compile(r"(?<=[\d a-z),]) ?\((\d+[a-z]?)\)")
LETTER = re.compile(r"(?<=[\d)]) ?\(([a-z])\)")


def cited(law: str, language: str) -> str:
    """The law as it is cited in that language; what is none stays as it is."""
    return _in_german(law) if language.startswith("de") else law


def _in_german(law: str) -> str:
    letters = LETTER.sub(r" Buchst. \1", law)
    paragraphs = PARAGRAPH.sub(r" Abs. \1", letters)
    return re.sub(r"\b(?:GDPR|Articles?|sentence)\b|\bno\.", lambda found: NAMES[found[0]], paragraphs)
