"""How a customer is called and greeted, and where a value was read."""

from __future__ import annotations

from golddraht.customers.rules.addressing import UnprovenSalutation, address_of, greeting, refuse_unproven
from golddraht.customers.rules.sources import Salutation, Source, Witness

__all__ = ["Salutation", "Source", "UnprovenSalutation", "Witness", "address_of", "greeting", "refuse_unproven"]
