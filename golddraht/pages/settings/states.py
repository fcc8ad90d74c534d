"""Names of the countries and states whose public holidays we know, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

STATES = {
    "DE": {
        "BW": "Baden-Württemberg",
        "BY": gettext_noop("Bavaria"),
        "BE": "Berlin",
        "BB": "Brandenburg",
        "HB": "Bremen",
        "HH": "Hamburg",
        "HE": gettext_noop("Hesse"),
        "MV": gettext_noop("Mecklenburg-Western Pomerania"),
        "NI": gettext_noop("Lower Saxony"),
        "NW": gettext_noop("North Rhine-Westphalia"),
        "RP": gettext_noop("Rhineland-Palatinate"),
        "SL": "Saarland",
        "SN": gettext_noop("Saxony"),
        "ST": gettext_noop("Saxony-Anhalt"),
        "SH": "Schleswig-Holstein",
        "TH": gettext_noop("Thuringia"),
        "Augsburg": "Augsburg",
    },
    "AT": {
        "1": "Burgenland",
        "2": gettext_noop("Carinthia"),
        "3": gettext_noop("Lower Austria"),
        "4": gettext_noop("Upper Austria"),
        "5": "Salzburg",
        "6": gettext_noop("Styria"),
        "7": gettext_noop("Tyrol"),
        "8": "Vorarlberg",
        "9": gettext_noop("Vienna"),
    },
    "CH": {
        "AG": "Aargau",
        "AI": "Appenzell Innerrhoden",
        "AR": "Appenzell Ausserrhoden",
        "BE": gettext_noop("Bern"),
        "BL": "Basel-Landschaft",
        "BS": "Basel-Stadt",
        "FR": gettext_noop("Fribourg"),
        "GE": gettext_noop("Geneva"),
        "GL": "Glarus",
        "GR": gettext_noop("Grisons"),
        "JU": "Jura",
        "LU": gettext_noop("Lucerne"),
        "NE": gettext_noop("Neuchâtel"),
        "NW": "Nidwalden",
        "OW": "Obwalden",
        "SG": gettext_noop("St. Gallen"),
        "SH": "Schaffhausen",
        "SO": "Solothurn",
        "SZ": "Schwyz",
        "TG": "Thurgau",
        "TI": gettext_noop("Ticino"),
        "UR": "Uri",
        "VD": gettext_noop("Vaud"),
        "VS": gettext_noop("Valais"),
        "ZG": gettext_noop("Zug"),
        "ZH": "Zürich",
        "Stadt Zurich": gettext_noop("City of Zürich"),
    },
}
"""ISO 3166-2, and the cities with holidays of their own. Names that all our languages share are no texts to translate."""


def countries() -> list[tuple[str, str]]:
    """Those whose law and holidays we know."""
    return [("DE", gettext("Germany")), ("AT", gettext("Austria")), ("CH", gettext("Switzerland"))]


def state_name(country: str, state: str) -> str:
    land = dict(countries()).get(country, country)
    if not state:
        return gettext("%(country)s, without a state") % {"country": land}
    return f"{land}, {gettext(STATES.get(country, {}).get(state, state))}"
