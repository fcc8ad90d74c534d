"""What the people of the guided story say. In German, as all customers of the demo do: these are their words, not the page's."""

from __future__ import annotations

PERSONA = ("Valentina Moser", "valentina.moser@post.example")
CARRIER = ("Spedition Rauch", "dispo@rauch.example")
GOODS = "540 kg Holzbriketts bis in den Keller"

SUBJECT = "540 Kilo am Gehsteig, Auftrag {order}"
FIRST_WORDS = """Guten Tag,

Ihre Spedition steht vor der Tür und will die 540 Kilo Holzbriketts am Gehsteig abladen. Ich bin allein, und es soll regnen! Vereinbart war die Lieferung bis in den Keller, Auftrag {order}.

Was machen wir jetzt?

Valentina Moser"""

WHY = "Der Fahrer ist allein unterwegs und darf nur bis zur Bordsteinkante. Ihre Ware bleibt trocken im Wagen."
TWO_PEOPLE = "Zwei Personen tragen alles bis in den Keller."

QUESTION = """Guten Tag Frau Sommer,

bei Frau Moser ({order}) ist Lieferung bis in den Keller vereinbart, sie hat sich für {when} entschieden. Bitte zwei Leute einteilen und mir kurz bestätigen.

Danke!
Nina Aigner"""
CARRIER_ANSWER = """Hallo Nina,

geht klar: Mirko und Jens fahren zu zweit, {when}, mit Treppenkarre. Sie rufen Frau Moser eine halbe Stunde vorher an.

Gruß aus der Dispo
Petra Sommer"""

ANSWER = """{greeting}

Sie standen heute allein mit einem Lkw vor der Tür, und Regen war auch noch angesagt. Das tut mir leid, so war es nicht ausgemacht.

Jetzt ist es fest: Mirko und Jens kommen zu zweit, {when}, und tragen alles bis in den Keller. Sie rufen eine halbe Stunde vorher an. Für den Schreck habe ich Ihnen 35 € gutgeschrieben, die sind schon auf dem Weg.

Wenn etwas dazwischenkommt, hören Sie es von mir, bevor Sie warten.

Herzliche Grüße
Nina Aigner"""
GOODWILL_REASON = "Lieferung stand am Gehsteig statt im Keller"

DELIVERED = """{greeting}

Mirko hat gerade angerufen: Alle 540 Kilo liegen trocken in Ihrem Keller, der Gehsteig ist gefegt.

Herzliche Grüße
Nina Aigner"""
