"""Finding: rows of every kind by their words, people by their names however they are spelled."""

from golddraht.search.queries.finding import Hit, Order, Results, is_cursor, results
from golddraht.search.queries.lagging import Lag, lag
from golddraht.search.queries.people import people_called, people_found

__all__ = ["Hit", "Lag", "Order", "Results", "is_cursor", "lag", "people_called", "people_found", "results"]
