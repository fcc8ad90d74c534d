"""A client company: founding it, and the policy that its admins may change."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from golddraht.ground.holidays import COUNTRIES
from golddraht.plumbing.audit import note_changed
from golddraht.plumbing.bus import publish
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import current_tenant_id, seeing
from golddraht.team.events import CountryChanged
from golddraht.team.rules import NoColour, read_colour

LONGEST_WATCH = timedelta(days=365)
MOST_PER_HOUR = 100_000
MOST_CLIENTS = 50
MOST_ALLOWED = 1_000


class TenantRefused(ValueError):
    """The company cannot be changed like that; the message says why."""


@transaction.atomic
def found_tenant(
    *,
    slug: str,
    name: str,
    at: datetime,
    language: str = "de",
    country: str = "DE",
    brand_colour: str = "",
    is_demo: bool = False,
    second_factor_from: datetime | None = None,
    most_clients: int = MOST_CLIENTS,
) -> Tenant:
    """A new company, whose admins may found so many others beside it. It needs members and a team (in `seeing` it) before mail can arrive."""
    return Tenant.objects.create(
        slug=slug,
        name=name,
        language=language,
        country=country,
        brand_colour=brand_colour,
        is_demo=is_demo,
        second_factor_from=second_factor_from,
        most_clients=most_clients,
        created_at=at,
    )


@transaction.atomic
def change_tenant(
    *,
    name: str,
    language: str,
    brand_colour: str,
    watch_period: timedelta,
    automatic_per_hour: int,
    at: datetime,
    offers_cancelling: bool = True,
    offers_withdrawing: bool = True,
    country: str = "",
) -> list[str]:
    """Name, colour, country and policy of the company being seen. Gives the names of what changed. Raises TenantRefused.

    Without a country it stays where it is. With another one that country's law counts from now on, for what is asked and kept.
    """
    if not name.strip():
        raise TenantRefused(_("Give the company a name; customers read it."))
    if not timedelta(0) <= watch_period <= LONGEST_WATCH:
        raise TenantRefused(_("A solved concern can be watched for up to a year."))
    if country and country not in COUNTRIES:
        raise TenantRefused(_("Choose Germany, Austria or Switzerland."))
    if not 0 <= automatic_per_hour <= MOST_PER_HOUR:
        raise TenantRefused(_("Choose a number of mails between 0 and 100,000."))
    tenant = Tenant.objects.select_for_update().get(pk=current_tenant_id())
    wanted = {
        "name": name.strip(),
        "language": language,
        "country": country or tenant.country,
        "brand_colour": chosen_colour(brand_colour),
        "watch_period": watch_period,
        "automatic_per_hour": automatic_per_hour,
        "offers_cancelling": offers_cancelling,
        "offers_withdrawing": offers_withdrawing,
    }
    changed = [field for field, value in wanted.items() if getattr(tenant, field) != value]
    # Only these columns: the number of the latest concern counts on in the same row.
    Tenant.objects.filter(pk=tenant.pk).update(**wanted)
    note_changed("plumbing_tenant", tenant.pk, changed, at=at)
    if "country" in changed:
        publish(CountryChanged(at))
    return changed


@transaction.atomic
def allow_clients(*, tenant_id: int, most: int, at: datetime) -> None:
    """So many companies may be founded from its pages; 0 is none. Those that are there stay. Raises TenantRefused."""
    if not 0 <= most <= MOST_ALLOWED:
        raise TenantRefused(_("Choose a number between 0 and 1,000."))
    Tenant.objects.filter(pk=tenant_id).update(most_clients=most)
    with seeing(tenant_id):
        note_changed("plumbing_tenant", tenant_id, ["most_clients"], at=at)


def chosen_colour(typed: str) -> str:
    """As it is kept; empty where the company leaves it to us. Raises TenantRefused."""
    try:
        return read_colour(typed) if typed else ""
    except NoColour:
        raise TenantRefused(_("Choose a colour, such as #1d5fbf.")) from None
