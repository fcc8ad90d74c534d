"""A file per noun."""

from golddraht.improvement.models.counted import CountedDay, DayTally
from golddraht.improvement.models.satisfaction import AskedNoMore, AskingPolicy, Satisfaction

__all__ = ["AskedNoMore", "AskingPolicy", "CountedDay", "DayTally", "Satisfaction"]
