"""Which language a customer wrote in, told by its function words."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from golddraht.ground.text import words

Language = Literal["de", "en"]

GERMAN = frozenset(
    """
    aber als am an auch auf aus bei beim bekomme bekommen bitte bis bin bleibt brauche da daher damit
    danke dankeschoen das dass dem den denn der des deshalb dich die dies diese diesem diesen dieser
    doch du durch ein eine einem einen einer eines er erst es etwas euch euer falls fehlt frage fuer
    funktioniert ganz geehrte geehrter geehrten gehabt geht gern gerne gibt gruesse gruss guten habe
    haben habt hallo hat hatte herr heute hier ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer
    in ins ist ja jede jeder jetzt kann kaputt kein keine keinen koennen koennte koennten kommt leider
    lieferung liebe lieber mal man mehr mein meine meinem meinen meiner mich mir mit moechte morgen
    moin nach nein nicht nichts noch nun nur ob oder ohne passt rechnung schon sehr seit sich sie sind
    so sollte tag ueber um und uns unser unsere unserer vielen von vom vor wann war waren warum was
    wegen wenn werden wie wieder wir wird wo wurde wurden zu zum zur zurueck servus gruezi geliefert
    bestellt bestellung termin rueckruf mfg hilfe dringend gestern antwort
    """.split()
)
ENGLISH = frozenset(
    """
    a about after again all am an and any are as at be because been broken but by can cannot could
    customer dear delivered delivery did do does don doesn didn for from get got had has have he
    hello help hi how i if in invoice is isn it its just ll me my need no not of on one or order our
    out please received refund regards reply sir she since so still thank thanks that the their them
    there they this to today tomorrow until up us ve very want was we were what when where which
    while who why will with without won would wrong yes yesterday you your yours
    """.split()
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
