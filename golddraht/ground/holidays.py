"""Public holidays of a country and its states, from the `holidays` library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from holidays import country_holidays, list_supported_countries

COUNTRIES = ("DE", "AT", "CH")
ZONES = {"DE": "Europe/Berlin", "AT": "Europe/Vienna", "CH": "Europe/Zurich"}
"""By which clock each of them lives."""
NO_HOLIDAYS: frozenset[date] = frozenset()


class UnknownRegion(ValueError):
    """No public holidays are known for this country or state."""


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """`day in holidays` for a country and, where given, one of its states.

    `also` names further categories of the library, such as "catholic" for the Bavarian
    municipalities that keep the Assumption.
    """

    country: str
    state: str = ""
    also: tuple[str, ...] = ()

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in self.in_year(day.year)

    def in_year(self, year: int, language: str = "de") -> dict[date, str]:
        """The holidays of a year with their names in German, or in English where that is asked for."""
        return named_holidays(self.country, self.state, self.also, year, "de" if language == "de" else "en_US")


def public_holidays(country: str, state: str = "", *, also: tuple[str, ...] = ()) -> PublicHolidays:
    """The holidays of a country (ISO 3166-1) and state ("BY", in Austria also "Wien" or "W").

    Raises UnknownRegion.
    """
    holidays = PublicHolidays(country.strip().upper(), state.strip(), also)
    holidays.in_year(2026)
    return holidays


def states_of(country: str) -> tuple[str, ...]:
    """The codes of the states that `public_holidays` knows; none for an unknown country."""
    return tuple(list_supported_countries(include_aliases=False).get(country.upper(), ()))


@lru_cache(maxsize=4096)
def named_holidays(country: str, state: str, also: tuple[str, ...], year: int, language: str = "de") -> dict[date, str]:
    categories = ("public", *also)
    try:
        known = country_holidays(country, subdiv=state or None, years=year, categories=categories, language=language)
    except (NotImplementedError, ValueError) as unknown:
        raise UnknownRegion(f"No public holidays known for {country} {state}.") from unknown
    return {day: name for day, name in known.items() if day.year == year}
