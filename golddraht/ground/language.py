"""Which language a customer wrote in, told by its function words."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from golddraht.ground.text import words

Language = Literal["de", "en"]

GERMAN = frozenset(
    words(
        """
    aber als am an antwort auch auf aus bei beim bekomme bekommen bestellt bestellung bin bis bitte
    bleibt brauche da daher damit danke dankeschoen das dass dem den denn der des deshalb dich die
    dies diese diesem diesen dieser doch dringend du durch ein eine einem einen einer eines er erst
    es etwas euch euer falls fehlt frage fuer funktioniert ganz geehrte geehrten geehrter gehabt
    geht geliefert gern gerne gestern gibt gruesse gruezi gruss guten habe haben habt hallo hat
    hatte herr heute hier hilfe ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins ist ja
    jede jeder jetzt kann kaputt kein keine keinen koennen koennte koennten kommt leider liebe
    lieber lieferung mal man mehr mein meine meinem meinen meiner mfg mich mir mit moechte moin
    morgen nach nein nicht nichts noch nun nur ob oder ohne passt rechnung rueckruf schon sehr seit
    servus sich sie sind so sollte tag termin ueber um und uns unser unsere unserer vielen vom von
    vor wann war waren warum was wegen wenn werden wie wieder wir wird wo wurde wurden zu zum zur
    zurueck
        """
    )
)
ENGLISH = frozenset(
    words(
        """
    a about after again all am an and any are as at be because been broken but by can cannot could
    customer dear delivered delivery did didn do does doesn don for from get got had has have he
    hello help hi how i if in invoice is isn it its just ll me my need no not of on one or order our
    out please received refund regards reply she since sir so still thank thanks that the their them
    there they this to today tomorrow until up us ve very want was we were what when where which
    while who why will with without won would wrong yes yesterday you your yours
        """
    )
)
SHARED = GERMAN & ENGLISH


def language_of(text: str) -> Language | None:
    """ "de" or "en", or None when the words do not tell. Reads only the first 400 words."""
    counts = Counter(words(text)[:400])
    german = score(counts, GERMAN) + sum(text.lower().count(sign) for sign in "äöüß")
    english = score(counts, ENGLISH)
    if german == english:
        return None
    return "de" if german > english else "en"


def score(counts: Counter[str], known: frozenset[str]) -> int:
    return sum(count for word, count in counts.items() if word in known and word not in SHARED)
