"""Whatever the model says of two people can be read in German."""

from __future__ import annotations

from django.utils import translation

from golddraht.identity.rules.model import MODEL
from golddraht.pages.customers.likeness_words import SAID_BY_THE_MODEL
from golddraht.pages.customers.wording import reason_words


def test_every_reason_of_the_model_has_its_words() -> None:
    assert {level.says for one in MODEL for level in one.levels} == SAID_BY_THE_MODEL
    with translation.override("de"):
        assert reason_words("birthday differs") == "Geburtstag weicht ab"
        assert all(reason_words(says) != says for says in SAID_BY_THE_MODEL)
