"""A file per noun."""

from golddraht.improvement.models.counted import CountedDay, DayTally

__all__ = ["CountedDay", "DayTally"]
