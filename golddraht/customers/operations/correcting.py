"""Correcting what is known of a customer: each correction is one more thing that was said."""

from __future__ import annotations

from datetime import datetime

from golddraht.customers.models import Customer
from golddraht.customers.operations.learning import Said, learn
from golddraht.customers.queries.record import record_of, said_of
from golddraht.customers.rules import Salutation, Source
from golddraht.customers.rules.attributes import Attribute
from golddraht.plumbing.transactions import joined


class WordsNeeded(ValueError):
    """Only the person says how they are addressed: whoever takes it down notes their words."""


def rename(*, customer_id: int, name: str, source: str, at: datetime) -> None:
    learn(customer_id=customer_id, said=[Said(Attribute.NAME, name, source)], at=at)


def declare_salutation(
    *, customer_id: int, salutation: Salutation, at: datetime, source: str = Source.CUSTOMER, evidence: str = ""
) -> None:
    """How the person wants to be addressed, in their own words; without one, what was declared so far no longer holds."""
    if salutation:
        learn(customer_id=customer_id, said=[Said(Attribute.SALUTATION, salutation, source, evidence)], at=at)
    else:
        take_back(customer_id=customer_id, attribute=Attribute.SALUTATION, source=source, at=at)


def note_salutation(*, customer_id: int, mode: str, words: str, at: datetime) -> None:
    """A colleague takes down how the person said they are addressed, in their words; what was said otherwise is wrong.

    Raises NotSuchValue, and WordsNeeded without the words.
    """
    if not words.strip():
        raise WordsNeeded("Note the words in which they said so.")
    stated = (one.statement for one in said_of(customer_id=customer_id))
    others = {one.value for one in stated if one.attribute is Attribute.SALUTATION and one.value != mode}
    wrong = [Said(Attribute.SALUTATION, one, Source.MEMBER, words, denies=True) for one in sorted(others)]
    said = Said(Attribute.SALUTATION, mode, Source.MEMBER, words)
    learn(customer_id=customer_id, said=[said, *wrong], at=at)


@joined
def note_language(*, customer_id: int, language: str, source: str, at: datetime) -> None:
    """Take down the language somebody wrote in; what they declared themselves holds against it."""
    known = Customer.objects.filter(pk=customer_id, language=language).exists()
    if not known and not _says_it_already(customer_id, language, source):
        learn(customer_id=customer_id, said=[Said(Attribute.LANGUAGE, language, source)], at=at)


def _says_it_already(customer_id: int, language: str, source: str) -> bool:
    chosen = record_of(customer_id=customer_id).get(Attribute.LANGUAGE, ())
    return any(one.source == source and one.value == language for golden in chosen for one in golden.against[:1])


def note_what_matters(*, customer_id: int, words: str, source: str, at: datetime) -> None:
    if words.strip():
        learn(customer_id=customer_id, said=[Said(Attribute.MATTERS, words, source)], at=at)
    else:
        take_back(customer_id=customer_id, attribute=Attribute.MATTERS, source=source, at=at)


def wish_only(*, customer_id: int, wishes: set[str], source: str, at: datetime) -> None:
    """These wishes hold from now on, and no others. Raises NotSuchValue."""
    held = {golden.value for golden in record_of(customer_id=customer_id).get(Attribute.WISH, ())}
    said = [Said(Attribute.WISH, wish, source) for wish in sorted(wishes - held)]
    said += [Said(Attribute.WISH, wish, source, denies=True) for wish in sorted(held - wishes)]
    learn(customer_id=customer_id, said=said, at=at)


def take_back(*, customer_id: int, attribute: Attribute, source: str, at: datetime, evidence: str = "") -> None:
    """What is held to be true of this attribute is wrong, says `source`; what was said before holds again, if anything."""
    held = record_of(customer_id=customer_id).get(attribute, ())
    wrong = [value for golden in held for value in (golden.value, *(one.value for one in golden.against))]
    said = [Said(attribute, value, source, evidence, denies=True) for value in dict.fromkeys(wrong)]
    learn(customer_id=customer_id, said=said, at=at)
