"""What the model says of two people, for the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_noop

SAID_BY_THE_MODEL = frozenset(
    (
        gettext_noop("same given name"),
        gettext_noop("given and family name swapped"),
        gettext_noop("given names of one person"),
        gettext_noop("given name fits the initial"),
        gettext_noop("another given name"),
        gettext_noop("given name nearly the same"),
        gettext_noop("given name similar"),
        gettext_noop("given name differs"),
        gettext_noop("same family name"),
        gettext_noop("family and given name swapped"),
        gettext_noop("family name nearly the same"),
        gettext_noop("one family name is part of the other"),
        gettext_noop("family name similar"),
        gettext_noop("family name differs"),
        gettext_noop("same birthday"),
        gettext_noop("birthday differs by one slip"),
        gettext_noop("day and month of birth swapped"),
        gettext_noop("birthday nearly the same"),
        gettext_noop("birthday similar"),
        gettext_noop("birthday differs"),
        gettext_noop("same address"),
        gettext_noop("address nearly the same"),
        gettext_noop("same street and town"),
        gettext_noop("same street and number in another town"),
        gettext_noop("same house number and town"),
        gettext_noop("same postcode"),
        gettext_noop("same town"),
        gettext_noop("address differs"),
        gettext_noop("same e-mail address, made of the name"),
        gettext_noop("same e-mail address"),
        gettext_noop("e-mail address differs by one slip"),
        gettext_noop("same name in the e-mail address"),
        gettext_noop("e-mail address differs"),
        gettext_noop("same telephone number"),
        gettext_noop("same mobile number"),
        gettext_noop("telephone number differs by one slip"),
        gettext_noop("telephone number differs"),
        gettext_noop("same number of the person"),
        gettext_noop("number of the person differs by one slip"),
        gettext_noop("number of the person similar"),
        gettext_noop("number of the person differs"),
        gettext_noop("same organisation"),
        gettext_noop("organisation nearly the same"),
        gettext_noop("organisation differs"),
    )
)
"""The words of golddraht.identity.rules.model."""
