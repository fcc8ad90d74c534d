"""What a column can mean, and the names by which programs call such columns."""

from __future__ import annotations

import re
from enum import StrEnum

from golddraht.ground.text import folded


class Target(StrEnum):
    """What a column says of a person."""

    SKIP = ""
    NAME = "name"
    GIVEN = "given"
    FAMILY = "family"
    TITLE = "title"
    SUFFIX = "suffix"
    SALUTATION = "salutation"
    DECLARED = "declared"
    ORGANISATION = "organisation"
    ROLE = "role"
    HOUSEHOLD = "household"
    NUMBER = "number"
    EMAIL = "email"
    PHONE = "phone"
    FAX = "fax"
    WEB = "web"
    MESSENGER = "messenger"
    WHATSAPP = "whatsapp"
    SIGNAL = "signal"
    TELEGRAM = "telegram"
    THREEMA = "threema"
    MATRIX = "matrix"
    CARE_OF = "care_of"
    STREET = "street"
    HOUSE_NUMBER = "house_number"
    STREET_MORE = "street_more"
    POSTCODE = "postcode"
    CITY = "city"
    COUNTRY = "country"
    ADDRESS = "address"
    BORN_ON = "born_on"
    BORN_MONTH_FIRST = "born_month_first"
    LANGUAGE = "language"
    QUIET_HOURS = "quiet_hours"
    WISH = "wish"
    MATTERS = "matters"
    NOTE = "note"


NAMES = {
    Target.NAME: "name fullname vollname kundenname ganzername kunde kundin customer customername person kontakt kontaktname contact contactname "
    "ansprechpartner ansprechpartnerin namevorname vornamename vornamenachname nachnamevorname fn displayname anzeigename empfaenger",
    Target.GIVEN: "vorname vornamen rufname givenname givennames firstname forename fname christianname vname",
    Target.FAMILY: "nachname familienname zuname familyname lastname surname sname lname nname",
    Target.TITLE: "titel title akademischertitel akadtitel akadgrad grad prefix namenstitel",
    Target.SUFFIX: "suffix namenszusatz namenzusatz nachgestelltertitel",
    Target.SALUTATION: "anrede salutation geschlecht gender sex anredekennzeichen",
    Target.DECLARED: "gewuenschteanrede wunschanrede declaredsalutation erklaerteanrede anredewunsch",
    Target.ORGANISATION: "firma firmenname unternehmen organisation organization company companyname firma1 betrieb institution",
    Target.ROLE: "funktion rolle role position jobtitle abteilung department stellung beruf",
    Target.HOUSEHOLD: "haushalt haushaltsnr haushaltsnummer haushaltid household householdid",
    Target.NUMBER: "kundennummer kundennr kdnr kdnummer knr kundenid kdid customernumber customerno customerid debitor debitornr debitorennummer "
    "debitorennr mitgliedsnummer mitgliedsnr partnernummer geschaeftspartner adressnummer adressnr nummer nr id clientid externalid",
    Target.EMAIL: "email mail emailadresse mailadresse emailaddress emailprivat emailgeschaeftlich email1 email2 epost",
    Target.PHONE: "telefon telefonnummer telefonnr tel telnr telefonprivat telefongeschaeftlich telefon1 telefon2 tel1 tel2 festnetz rufnummer "
    "phone phonenumber phone1 phone2 telephone landline mobil mobiltelefon mobilnummer mobile mobilephone handy handynummer handynr cell cellphone natel",
    Target.FAX: "fax faxnummer faxnr telefax telefaxnummer telefaxnr faxnumber",
    Target.WEB: "webseite website web homepage internet internetseite internetadresse url www webadresse profil webpage",
    Target.MESSENGER: "messenger chat instantmessenger im impp sofortnachricht sofortnachrichten",
    Target.WHATSAPP: "whatsapp whatsappnummer wa",
    Target.SIGNAL: "signal signalnummer",
    Target.TELEGRAM: "telegram telegramname",
    Target.THREEMA: "threema threemaid",
    Target.MATRIX: "matrix matrixid",
    Target.CARE_OF: "co careof zuhaenden zhd",
    Target.STREET: "strasse str strassehausnummer strassehausnr strassehnr strasseundhausnummer strasseundnr strassenr street streetaddress address1 "
    "addressline1 adresse1 adresszeile1 adresszeile strassepostfach",
    Target.HOUSE_NUMBER: "hausnummer hausnr hnr housenumber houseno streetnumber",
    Target.STREET_MORE: "adresszusatz adresszeile2 zusatz adresse2 address2 addressline2 zusatzzeile anschriftzusatz stiege top",
    Target.POSTCODE: "plz postleitzahl postcode postalcode zip zipcode",
    Target.CITY: "ort wohnort stadt ortsname ortschaft gemeinde city town place",
    Target.COUNTRY: "land country staat laendercode landcode lkz countrycode iso",
    Target.ADDRESS: "adresse anschrift address fulladdress postanschrift postaladdress postadresse lieferadresse rechnungsadresse",
    Target.BORN_ON: "geburtsdatum geburtstag gebdatum gebdat gebtag geb geboren geborenam birthdate dateofbirth birthday dob born",
    Target.LANGUAGE: "sprache language korrespondenzsprache muttersprache lang sprachcode",
    Target.QUIET_HOURS: "ruhezeit ruhezeiten quiethours erreichbarkeit",
    Target.WISH: "wunsch wuensche wish wishes",
    Target.MATTERS: "wichtig wasihnenwichtigist matters besonderheit besonderheiten",
    Target.NOTE: "notiz notizen bemerkung bemerkungen anmerkung anmerkungen kommentar kommentare memo note notes comment comments remark remarks info",
}
BY_NAME = {name: target for target, names in NAMES.items() for name in names.split()}
PREFIXES = re.compile(
    r"^(?:rechnungs?|rechnung|liefer(?:ung)?s?|kunden?|privat|geschaeftlich|haupt|billing|shipping|home|work|primary|contact|kontakt|p|g)(?=.{2})"
)
SUFFIXES = re.compile(r"(?:privat|geschaeftlich|dienstlich|home|work|value|haupt|kunde|\d)$")
MESSENGER_OF = {
    Target.MESSENGER: "",  # Named in front of the handle: "Signal: +49 151 23456789".
    **{one: str(one) for one in (Target.WHATSAPP, Target.SIGNAL, Target.TELEGRAM, Target.THREEMA, Target.MATRIX)},
}
MANY = frozenset(
    {
        *(Target.EMAIL, Target.PHONE, Target.FAX, Target.WEB, *MESSENGER_OF),
        *(Target.NOTE, Target.MATTERS, Target.WISH, Target.STREET_MORE, Target.SKIP, Target.ROLE),
    }
)
"""What several columns of one file may mean."""


def bare(column: str) -> str:
    return "".join(sign for sign in folded(column) if sign.isalnum())


def target_named(column: str) -> Target:
    """What a column of this name means; SKIP where its name says nothing."""
    name = bare(column)
    tries = (name, SUFFIXES.sub("", name), PREFIXES.sub("", name), PREFIXES.sub("", SUFFIXES.sub("", name)))
    return next((BY_NAME[one] for one in tries if one in BY_NAME), Target.SKIP)


def is_known(column: str) -> bool:
    """Whether these words look like the name of a column."""
    return bool(column) and len(column) < 60 and target_named(column) is not Target.SKIP
