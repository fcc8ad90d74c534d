"""What a customer agrees to, word for word, where the company has no words of its own."""

from __future__ import annotations

from golddraht.consent.rules.words import Purpose, Way
from golddraht.ground.moments import spoken_language

BY = {
    "de": {
        Way.EMAIL: "per E-Mail",
        Way.CALL: "durch einen Anruf eines Menschen",
        Way.ROBOT: "durch den Anruf einer Computerstimme",
        Way.SMS: "per SMS oder Messenger",
        Way.LETTER: "per Brief",
        Way.PUSH: "durch eine Mitteilung auf meinem Gerät",
    },
    "en": {
        Way.EMAIL: "by e-mail",
        Way.CALL: "by a call from a person",
        Way.ROBOT: "by a call from a computer voice",
        Way.SMS: "by text message or messenger",
        Way.LETTER: "by letter",
        Way.PUSH: "by a notice on my device",
    },
}
FOR = {
    "de": {
        Purpose.NEWS: "Ich möchte von {company} {way} Angebote und Neuigkeiten zu den Waren und Diensten des Hauses bekommen.",
        Purpose.SURVEY: "{company} darf mich {way} fragen, wie zufrieden ich war.",
        Purpose.SURPRISE: "{company} darf mich {way} mit einer kleinen Aufmerksamkeit überraschen.",
    },
    "en": {
        Purpose.NEWS: "I would like {company} to send me offers and news about its own goods and services {way}.",
        Purpose.SURVEY: "{company} may ask me {way} how satisfied I was.",
        Purpose.SURPRISE: "{company} may surprise me {way} with a small kindness.",
    },
}
END = {
    "de": "Das kann ich jederzeit widerrufen, ohne Grund und kostenlos; was bis dahin geschah, bleibt erlaubt.",
    "en": "I can take this back at any time, without a reason and free of charge; what happened until then stays allowed.",
}
LONGEST = 2000


def shipped_text(purpose: Purpose, way: Way, *, language: str, company: str) -> str:
    """The sentence that is agreed to. Raises KeyError for a purpose nobody has to be asked about."""
    tongue = spoken_language(language)
    said = FOR[tongue][purpose].format(company=company, way=BY[tongue][way])
    return f"{said} {END[tongue]}"
