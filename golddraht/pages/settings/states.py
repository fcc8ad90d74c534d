"""Names of the countries and states whose public holidays we know."""

from __future__ import annotations

from django.utils.translation import gettext

STATES = {
    "DE": {
        "BW": "Baden-Württemberg",
        "BY": "Bayern",
        "BE": "Berlin",
        "BB": "Brandenburg",
        "HB": "Bremen",
        "HH": "Hamburg",
        "HE": "Hessen",
        "MV": "Mecklenburg-Vorpommern",
        "NI": "Niedersachsen",
        "NW": "Nordrhein-Westfalen",
        "RP": "Rheinland-Pfalz",
        "SL": "Saarland",
        "SN": "Sachsen",
        "ST": "Sachsen-Anhalt",
        "SH": "Schleswig-Holstein",
        "TH": "Thüringen",
    },
    "AT": {
        "1": "Burgenland",
        "2": "Kärnten",
        "3": "Niederösterreich",
        "4": "Oberösterreich",
        "5": "Salzburg",
        "6": "Steiermark",
        "7": "Tirol",
        "8": "Vorarlberg",
        "9": "Wien",
    },
}
"""ISO 3166-2. Swiss cantons are shown by their letters, as on every number plate."""


def state_name(country: str, state: str) -> str:
    countries = {"DE": gettext("Germany"), "AT": gettext("Austria"), "CH": gettext("Switzerland")}
    land = countries.get(country, country)
    if not state:
        return gettext("%(country)s, without a state") % {"country": land}
    return f"{land}, {STATES.get(country, {}).get(state, state)}"
