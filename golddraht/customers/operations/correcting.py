"""Correcting what is known of a customer."""

from __future__ import annotations

from django.db import transaction

from golddraht.customers.models import Customer
from golddraht.customers.rules import Salutation, Source
from golddraht.ground.text import one_line, sort_key
from golddraht.plumbing.transactions import joined


@transaction.atomic
def rename(*, customer_id: int, name: str, source: str) -> None:
    name = one_line(name, 200)
    Customer.objects.filter(pk=customer_id).update(name=name, name_source=source, sort_name=sort_key(name)[:220])


@transaction.atomic
def declare_salutation(*, customer_id: int, salutation: Salutation, source: str = Source.CUSTOMER) -> None:
    """How the person wants to be addressed, in their own words; nothing else ever sets it."""
    Customer.objects.filter(pk=customer_id).update(
        salutation=salutation, salutation_source=source if salutation else ""
    )


@joined
def note_language(*, customer_id: int, language: str, source: str) -> None:
    """Remember the language somebody wrote in, unless they declared one themselves."""
    rows = Customer.objects.filter(pk=customer_id).exclude(language_source=Source.CUSTOMER)
    rows.exclude(language=language).update(language=language, language_source=source)


@transaction.atomic
def note_what_matters(*, customer_id: int, words: str, source: str) -> None:
    Customer.objects.filter(pk=customer_id).update(matters=one_line(words, 300), matters_source=source if words else "")
