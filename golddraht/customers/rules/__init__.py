"""How a customer is called and greeted, and where a value was read."""

from __future__ import annotations

from golddraht.customers.rules.sources import Salutation, Source, Witness, greeting

__all__ = ["Salutation", "Source", "Witness", "greeting"]
