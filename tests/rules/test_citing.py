"""Laws as a German reader cites them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.ground.citing import cited
from golddraht.ground.retention_law import ANSWER_CLOCKS, ONE_MONTH, PERIODS


@pytest.mark.parametrize(
    ("law", "german"),
    [
        ("Art. 12 (3) GDPR", "Art. 12 Abs. 3 DSGVO"),
        ("Art. 5 (1) (e) GDPR", "Art. 5 Abs. 1 Buchst. e DSGVO"),
        ("§ 257 (1) no. 2, 3 HGB; § 147 AO", "§ 257 Abs. 1 Nr. 2, 3 HGB; § 147 AO"),
        ("§ 7a (2) UWG", "§ 7a Abs. 2 UWG"),
        ("§ 7 (1) UWG, Art. 21 (2) GDPR", "§ 7 Abs. 1 UWG, Art. 21 Abs. 2 DSGVO"),
        ("§ 257 (4) HGB, § 147 (3) AO (BEG IV)", "§ 257 Abs. 4 HGB, § 147 Abs. 3 AO (BEG IV)"),
        ("Art. 958f OR", "Art. 958f OR"),
        ("", ""),
    ],
)
def test_a_law_is_cited_in_german(law: str, german: str) -> None:
    assert cited(law, "de") == cited(german, "de") == german and cited(law, "en") == law


def test_every_source_of_the_tables_has_its_german_form() -> None:
    sources = {one.source for lines in PERIODS.values() for one in lines}
    sources |= {clock.source for clock in (ONE_MONTH, *ANSWER_CLOCKS.values())}
    for source in sources:
        assert not re.search(r"GDPR|no\.|\(\d|\([a-z]\)", cited(source, "de-AT"))


@given(st.text(max_size=60))
def test_whatever_is_cited_twice_is_cited_once(law: str) -> None:
    assert cited(cited(law, "de"), "de") == cited(law, "de") or "(" in law
