"""Keeping what can be found as it is written, and filters that somebody wants to keep."""

from golddraht.search.operations.filters import (
    FilterRefused,
    bring_back_filter,
    inherit_filter,
    keep_filter,
    order_filters,
    pin_filter,
    remove_filter,
    unpin_filter,
)
from golddraht.search.operations.reading import Swept, read_some, sweep

__all__ = [
    "FilterRefused",
    "Swept",
    "bring_back_filter",
    "inherit_filter",
    "keep_filter",
    "order_filters",
    "pin_filter",
    "read_some",
    "remove_filter",
    "sweep",
    "unpin_filter",
]
