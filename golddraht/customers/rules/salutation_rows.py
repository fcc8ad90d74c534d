"""The form of address for rows of a file, as `golddraht salutation` prints it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from golddraht.customers.rules.addressing import decide, evidence_in, greet
from golddraht.customers.rules.names import name_of
from golddraht.ground.sheets import NotASheet, column_names

COLUMNS = {
    "title": "title titel akademischertitel grad",
    "given_name": "givenname firstname vorname rufname",
    "family_name": "familyname lastname surname nachname familienname zuname name",
    "organisation": "organisation organization firma company unternehmen firmenname",
    "declared_salutation": "declaredsalutation salutation anrede gewuenschteanrede",
    "signature": "signature signatur unterschrift",
    "language": "language sprache lang",
}
SYNONYMS = {word: meaning for meaning, words in COLUMNS.items() for word in words.split()}


def salutations(rows: Iterable[Mapping[str, str]]) -> Iterator[dict[str, object]]:
    """One answer for each row, in the form of salutation.schema.json. Raises NotASheet when no column is known."""
    columns: dict[str, str] = {}
    for number, row in enumerate(rows):
        columns = columns or _columns(row)
        yield {"row": number} | salutation_of({meaning: row.get(column, "") for meaning, column in columns.items()})


def _columns(row: Mapping[str, str]) -> dict[str, str]:
    found = column_names(row, SYNONYMS)
    if not found:
        raise NotASheet(f"None of the columns {', '.join(row)} is known. Known are: {', '.join(COLUMNS)}.")
    return found


def salutation_of(known: Mapping[str, str]) -> dict[str, object]:
    """Greetings, form of address, certainty and reason for one person; any of the columns may be missing."""
    title, organisation = known.get("title", ""), known.get("organisation", "")
    name = name_of(given=known.get("given_name", ""), family=known.get("family_name", ""), title=title)
    evidence = evidence_in(
        name=name,
        title=title,
        declared_salutation=known.get("declared_salutation", ""),
        signature=known.get("signature", ""),
    )
    address = decide(name, evidence, organisation=organisation)
    greeting = greet(address, name, language=known.get("language", ""), organisation=organisation)
    return {
        "greeting_letter": greeting.letter,
        "greeting_mail": greeting.mail,
        "mode": str(address.mode),
        "confidence": address.confidence,
        "reason": address.reason,
    }
