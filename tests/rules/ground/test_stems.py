"""Words made comparable, compounds taken apart, names by sound and look."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.ground.compounds import parts_of
from golddraht.ground.sounds import sound_of, sounds, trigrams
from golddraht.ground.stems import stem
from golddraht.ground.text import folded


def stem_of(word: str) -> str:
    return stem(folded(word))


@pytest.mark.parametrize(
    "forms",
    [
        "Vertrag Vertrags Vertrages Verträge Verträgen Vertraege",
        "Rechnung Rechnungen rechnen",
        "Kündigung Kündigungen kündigen kündigt gekündigt kuendigen",
        "Lieferung liefern liefert lieferte geliefert",
        "Kunde Kunden Kundin Kundinnen",
        "Gerät Geräte Geräten Geräts Geraet",
        "Haus Häuser Häusern Hauses",
        "Paket Pakete Paketen Pakets",
        "Foto Fotos",
        "Straße Straßen STRASSE",
        "invoice invoices",
        "delivery deliveries",
        "address addresses",
    ],
)
def test_the_forms_of_a_word_become_equal(forms: str) -> None:
    assert len({stem_of(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("pair", ["Rechnung Rückruf", "Kunde Kündigung", "Haus Hals", "Miete Mitte", "Wasser Wäsche"])
def test_different_words_stay_different(pair: str) -> None:
    one, other = pair.split()

    assert stem_of(one) != stem_of(other)


@pytest.mark.parametrize("word", ["2024", "a4711", "42"])
def test_what_has_a_digit_stays_as_it_is(word: str) -> None:
    assert stem(word) == word


@given(st.text())
def test_a_stem_is_never_longer_nor_empty(text: str) -> None:
    word = folded(text)

    assert len(stem(word)) <= len(word)
    assert bool(stem(word)) == bool(word)


@given(st.text(alphabet="abcdefgiklmnoprstuäöüß", min_size=1, max_size=20))
def test_umlauts_may_be_written_as_two_letters(word: str) -> None:
    written_out = word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")

    assert stem_of(word) == stem_of(written_out)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Rechnungskorrektur", "Rechnung Korrektur"),
        ("Waschmaschinentür", "Wasch Maschine Tür"),
        ("Vertragsverlängerung", "Vertrag Verlängerung"),
        ("Gerätefehlermeldung", "Gerät Fehler Meldung"),
        ("Verschmutzungsgrad", "Verschmutzung Grad"),
        ("Kundendienst", "Kunde Dienst"),
        ("Terminvereinbarung", "Termin Vereinbarung"),
        ("Fußbodenheizung", "Fuß Boden Heizung"),
        ("Gutscheincode", "Gutschein Code"),
    ],
)
def test_a_compound_is_about_its_parts(word: str, parts: str) -> None:
    assert parts_of(folded(word)) == tuple(stem_of(part) for part in parts.split())


@pytest.mark.parametrize(
    "word",
    [
        "Rechnungen",
        "Bestellungen",
        "freundlichen",
        "wahrscheinlich",
        "unverzüglich",
        "Verträge",
        "geliefert",
        "Beschwerde",
        "Kundinnen",
    ],
)
def test_forms_of_one_word_are_no_compounds(word: str) -> None:
    assert parts_of(folded(word)) == ()


@given(st.text())
def test_whatever_is_taken_apart_does_not_fail(text: str) -> None:
    assert all(part and len(part) < len(folded(text)) + 1 for part in parts_of(folded(text)))


# Postel's own example and names that are written in many ways.
@pytest.mark.parametrize(
    ("name", "codes"), [("Müller-Lüdenscheidt", {"657", "52682"}), ("Wikipedia", {"3412"}), ("Breschnew", {"17863"})]
)
def test_the_cologne_phonetics(name: str, codes: set[str]) -> None:
    assert set(sounds(name)) == codes


@pytest.mark.parametrize(
    "names", ["Meier Mayr Maier Meyer", "Schmidt Schmitt Schmid", "Stefan Stephan", "Christoph Kristof"]
)
def test_names_that_sound_alike(names: str) -> None:
    assert len({sound_of(folded(name)) for name in names.split()}) == 1


def test_trigrams_know_the_edges_of_words() -> None:
    assert trigrams("Ott") == ("  o", " ot", "ott", "tt ")
