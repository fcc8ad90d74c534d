"""Keeping what can be found as it is written."""

from golddraht.search.operations.reading import Swept, read_some, sweep

__all__ = ["Swept", "read_some", "sweep"]
