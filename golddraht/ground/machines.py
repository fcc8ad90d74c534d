"""Whether words sound as if a machine had answered, for those machines that do not say so in their headers (RFC 3834 §2)."""

from __future__ import annotations

import re

from golddraht.ground.text import folded

SAYS_SO = re.compile(
    r"automatisch(?:e|en|er)? (?:erstellt|erzeugt|generiert|versandt|versendet|antwort|eingangsbestaetigung|e-?mail|nachricht)"
    r"|auto(?:matic(?:ally)?|mated)?[- ]?(?:generated|reply|response|message|sent)|autoresponder|bitte (?:antworten sie )?nicht (?:auf diese|antworten)|do not reply"
    r"|(?:ticket|vorgangs|fall|case|referenz|reference|bearbeitungs)[- ]?(?:nummer|number|nr|id|#)|ticket ?#|\[ticket|\bticket\b.{0,30}\d{3,}"
    r"|(?:ihre|your) (?:nachricht|anfrage|e-?mail|mail|message|request|enquiry|inquiry) (?:ist (?:bei uns )?eingegangen|(?:wurde|haben wir) (?:empfangen|erhalten)|has been received|was received|we have received)"
    r"|(?:wir )?haben ihre (?:nachricht|anfrage|e-?mail|mail) (?:erhalten|bekommen)|(?:we(?: have|'ve)? )?received your (?:message|request|e-?mail|enquiry|inquiry)"
    r"|(?:vielen )?dank fuer ihre (?:nachricht|anfrage|e-?mail|mail)\b|thank you for (?:your (?:message|e-?mail|request|enquiry|inquiry)|contacting)"
    r"|eingangsbestaetigung|we (?:will|'ll) get back to you|schnellstmoeglich (?:bearbeit|antwort|meld)|werden (?:uns )?(?:schnellst|umgehend|in kuerze|baldm)"
    r"|nicht im (?:buero|haus)|im urlaub|abwesend|out of (?:the )?office|on vacation|nur noch selten|postfach wird nicht"
)
LOOKED_AT = 4_000


def sounds_automatic(text: str, subject: str = "") -> bool:
    """Whether somebody reading this would say: nobody wrote that to me just now."""
    return SAYS_SO.search(" ".join(folded(f"{subject}\n{text}"[:LOOKED_AT]).split())) is not None


def same_but_for_numbers(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but numbers, as the letters of one machine do."""
    return bool(_bare(one)) and _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[\d#:./_-]+", " ", folded(text[:LOOKED_AT])).split())
