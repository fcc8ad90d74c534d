"""Who else may be named in what is said about a person."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from golddraht.access.rules.redacting import Others, first_name, folded_name, may_be_names, may_be_numbers
from golddraht.channels.queries import own_addresses
from golddraht.conversations.queries.own_links import instead_of_a_link
from golddraht.customers.models import ContactPoint, Customer
from golddraht.customers.queries import mail_addresses_of
from golddraht.customers.queries.belonging import belongings_of
from golddraht.ground.addresses import NUMBERINGS
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.queries import current_tenant, names_of_members

AT_ONCE = 500


def others_in(texts: Iterable[str], *, customer_id: int, ids: list[int], participants: Iterable[str]) -> Others:
    """Everybody but the person: colleagues, other customers who are named or whose number stands there, and who took part."""
    told, country = list(texts), current_tenant().country
    country = country if country in NUMBERINGS else "DE"
    own_names = set(Customer.objects.filter(pk__in=ids).values_list("name", flat=True)) - {""}
    fellows = {one.name for line in belongings_of(customer_id=customer_id) for one in line.fellows}
    names = _known_names(told, ids) | fellows | set(participants)
    return Others(
        somebody=gettext("[another person]"),
        link=instead_of_a_link(),
        own=frozenset({*mail_addresses_of(customer_id=customer_id), *own_addresses()}),
        colleagues={name: first_name(name) for name in names_of_members().values() if " " in name},
        names=frozenset(one for one in names if " " in one and not _is_own(one, own_names)),
        numbers=frozenset(_known_numbers(told, ids, country)),
        country=country,
        surnames=frozenset(folded_name(name.split()[-1]) for name in own_names),
    )


def _is_own(name: str, own: set[str]) -> bool:
    return folded_name(name) in {folded_name(one) for one in own}


def _known_names(texts: list[str], ids: list[int]) -> set[str]:
    """Names in these texts that other customers bear."""
    candidates = {folded_name(one): one for text in texts for one in may_be_names(text)}
    rows = Customer.objects.filter(tenant_id=current_tenant_id()).exclude(pk__in=ids)
    found: set[str] = set()
    keys = sorted(candidates)
    for start in range(0, len(keys), AT_ONCE):
        portion = keys[start : start + AT_ONCE]
        found.update(rows.filter(sort_name__in=portion).values_list("sort_name", flat=True))
    return {candidates[key] for key in found}


def _known_numbers(texts: list[str], ids: list[int], country: str) -> set[str]:
    numbers = sorted({one for text in texts for one in may_be_numbers(text, country)})
    rows = ContactPoint.objects.filter(channel="PHONE", address__in=numbers).exclude(customer_id__in=ids)
    return set(rows.values_list("address", flat=True))
