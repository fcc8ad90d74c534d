"""Finding: rows of every kind by their words, people by their names however they are spelled; and filters that were kept."""

from golddraht.search.queries.filters import (
    FilterLine,
    NoSuchFilter,
    counts_of_filters,
    filter_for,
    narrowing_by,
    offered_filters,
    pinned_filters,
    removed_filters,
)
from golddraht.search.queries.finding import Hit, Order, Results, is_cursor, results
from golddraht.search.queries.lagging import Lag, lag
from golddraht.search.queries.people import people_called, people_found

__all__ = [
    "FilterLine",
    "Hit",
    "Lag",
    "NoSuchFilter",
    "Order",
    "Results",
    "counts_of_filters",
    "filter_for",
    "is_cursor",
    "lag",
    "narrowing_by",
    "offered_filters",
    "people_called",
    "people_found",
    "pinned_filters",
    "removed_filters",
    "results",
]
