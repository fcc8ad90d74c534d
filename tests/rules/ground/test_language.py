from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.ground.language import language_of

GERMAN = """
Wo bleibt mein Paket?
Danke!
Vielen Dank, hat geklappt.
Die Heizung ist kalt.
Bitte um Rückruf
Mein Toaster ist kaputt
Ich möchte kündigen.
Wann kommt der Techniker?
Hallo, geht nicht
Habt ihr am Samstag offen
Es fehlt ein Kabel.
Rechnung ist falsch
Ja, passt.
Nein, leider nicht
Guten Tag
Moin, wie ist der Stand?
Können Sie mir helfen?
Das Display flackert
Storno bitte
Service war super, danke
""".strip().splitlines()
ENGLISH = """
Where is my parcel?
Thank you!
Thanks, that worked.
The heating is cold.
Please call me back
My toaster is broken
I want to cancel.
When will the technician come?
Hello, it does not work
Are you open on Saturday
A cable is missing.
The invoice is wrong
Yes, that works for me.
No, not yet
Good morning, any update on this?
Hi, what is the status?
Can you help me?
The display flickers
Please refund my money
Great service, thanks
""".strip().splitlines()


@pytest.mark.parametrize("sentence", GERMAN)
def test_short_german_is_told(sentence: str) -> None:
    assert language_of(sentence) == "de"


@pytest.mark.parametrize("sentence", ENGLISH)
def test_short_english_is_told(sentence: str) -> None:
    assert language_of(sentence) == "en"


@pytest.mark.parametrize("text", ["", "4711", "???", "Samsung QE55"])
def test_what_does_not_tell_is_left_open(text: str) -> None:
    assert language_of(text) is None


@given(st.text(st.characters()))
def test_telling_never_fails(text: str) -> None:
    assert language_of(text) in ("de", "en", None)
