"""Counting days, and what follows from it."""

from golddraht.improvement.operations.counting import count_anew, count_day

__all__ = ["count_anew", "count_day"]
