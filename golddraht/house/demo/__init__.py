"""The demo: a retailer of stoves and household appliances, and a second client company, with living conversations.

`fill(at=…)` plays scripts (`heizwerk/*.toml`, `sonnenreise/*.toml`) through the same operations that serve real customers;
`found_companies` and `move_in` do the same in two steps, so that pages are served meanwhile.
Nothing of it leaves the house: demo tenants deliver to the mail catcher only.
"""

from golddraht.house.demo.companies import COMPANIES
from golddraht.house.demo.filling import LOGINS, PASSWORD, fill, found_companies, move_in, waiting

__all__ = ["COMPANIES", "LOGINS", "PASSWORD", "fill", "found_companies", "move_in", "waiting"]
