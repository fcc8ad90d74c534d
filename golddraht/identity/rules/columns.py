"""What the columns of a strange file mean, by their German and English names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from golddraht.ground.sheets import NotASheet, column_names

COLUMNS = {
    "title": "title titel akademischertitel anrede salutation",
    "given_name": "givenname givennames firstname forename forenames vorname vornamen rufname fname first christianname firstnamec1",
    "family_name": "familyname lastname surname nachname familienname zuname sname last lname",
    "name": "name fullname vollname kundenname ganzername kunde customer customername person",
    "birth": "birth birthdate dateofbirth dob birthday geburtsdatum geburtstag gebdatum gebdat gebtag geboren geborenam born",
    "birth_year": "birthyear yearofbirth geburtsjahr gebjahr by",
    "birth_month": "birthmonth monthofbirth geburtsmonat gebmonat bm",
    "birth_day": "birthdayofmonth dayofbirth bd",
    "address": "address adresse anschrift fulladdress postaladdress",
    "street": "street strasse streetname strassenname address1 addressline1 adresszeile1 adresse1 str streetaddress strassehausnummer strassehausnr strasseundhausnummer strasseundnr strassenr",
    "house_number": "streetnumber housenumber hausnummer hausnr nummer houseno",
    "street_more": "address2 addressline2 adresszeile2 adresszusatz adresse2 zusatz",
    "postcode": "postcode postalcode zip zipcode plz postleitzahl",
    "city": "city town suburb ort stadt wohnort ortsname place municipality",
    "email": "email mail emailaddress emailadresse mailadresse",
    "phone": "phone telephone telefon telefonnummer phonenumber tel festnetz rufnummer landline telefonprivat phone1 telefon1",
    "mobile": "mobile mobil handy mobilephone mobilnummer handynummer cell cellphone phone2 telefon2 mobiltelefon",
    "identifier": "socsecid ssn socialsecuritynumber nationalid steuerid steueridnr steueridentifikationsnummer taxid "
    "sozialversicherungsnummer svnr ahvnummer ahvnr versichertennummer passport passportnumber ausweisnummer personalid ustid vatid",
    "organisation": "organisation organization firma company unternehmen firmenname companyname",
}
"""Meanings, and the folded names of columns that have them."""
SYNONYMS = {word: meaning for meaning, words in COLUMNS.items() for word in words.split()}
IDS = [
    "id",
    "recid",
    "recordid",
    "kundennummer",
    "kundennr",
    "kundenid",
    "customerid",
    "customernumber",
    "nr",
    "no",
    "rowid",
    "uniqueid",
    "datensatz",
]


def meanings(columns: Iterable[str], asked: Iterable[str] = (), *, but: str = "") -> dict[str, str]:
    """Which column means what, {meaning: column}; `asked` are words such as "birth=Geb.-Dat.", "city=" leaves a column out.

    The column `but` names rows and means nothing. Raises NotASheet when a word is wrong or nothing is known.
    """
    names = [column for column in columns if column != but]
    found = column_names(dict.fromkeys(names, ""), SYNONYMS)
    for word in asked:
        _take(word, names, found)
    if "name" in found and "family_name" not in found and "given_name" in found:
        found["family_name"] = found.pop("name")
    if not found:
        raise NotASheet(f"None of the columns {', '.join(names)} is known; --map birth=COLUMN says what one means.")
    return found


def _take(word: str, names: list[str], found: dict[str, str]) -> None:
    meaning, sign, column = (part.strip() for part in word.partition("="))
    if meaning not in COLUMNS or not sign:
        raise NotASheet(f"--map {word}: say MEANING=COLUMN, where MEANING is one of {', '.join(COLUMNS)}.")
    found.pop(meaning, None)
    if not column:
        return
    if column not in names:
        raise NotASheet(f"--map {word}: there is no column {column}. The columns are {', '.join(names)}.")
    for other in [other for other, taken in found.items() if taken == column]:
        del found[other]
    found[meaning] = column


def id_column(columns: Iterable[str], asked: str = "") -> str:
    """The column that names a row: the one asked for, else one called id or alike, else "". Raises NotASheet."""
    names = list(columns)
    if asked and asked not in names:
        raise NotASheet(f"There is no column {asked}. The columns are {', '.join(names)}.")
    known: Mapping[str, str] = column_names(dict.fromkeys(names, ""), {word: word for word in IDS})
    return asked or next((known[word] for word in IDS if word in known), "")
