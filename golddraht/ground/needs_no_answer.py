"""Which messages need no answer: newsletters, invoices, machine confirmations, mere thanks.

Silence towards a customer is the worse mistake, so every rule here needs two witnesses or knows
every word, and whatever is left over needs an answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from golddraht.ground.text import folded, words
from golddraht.ground.understanding import (
    asks_something,
    is_reply_subject,
    is_thanks_only,
    names_trouble,
    pieces,
    readable,
)

NO_SUBJECT = ("", "kein betreff", "no subject")


class Reason(StrEnum):
    OPEN_CONCERN = "open_concern"
    ASKS = "asks"
    TROUBLE = "trouble"
    WRITTEN_FOR_A_PERSON = "written_for_a_person"
    UNCLEAR = "unclear"
    THANKS = "thanks"
    NEWSLETTER = "newsletter"
    INVOICE = "invoice"
    CONFIRMATION = "confirmation"
    AUTOMATIC_REPLY = "automatic_reply"


@dataclass(frozen=True, slots=True)
class Contact:
    """A message as far as it matters here; `text` without quotation and signature.

    `is_bulk`: List-Unsubscribe, List-Id or Precedence bulk. `is_automatic`: Auto-Submitted or a
    like header. `has_open_concern`: this customer has an unsolved conversation.
    """

    text: str
    subject: str = ""
    sender: str = ""
    is_bulk: bool = False
    is_automatic: bool = False
    has_open_concern: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    needs: bool
    reason: Reason


MACHINE_SENDER = re.compile(
    r"^(?:no-?_?reply|do-?not-?reply|nicht-?antworten|keine-?antwort|newsletter|news|mailer|mailing|marketing"
    r"|notifications?|notify|benachrichtigung|bounces?|mailer-daemon|postmaster|auto(?:mat\w*)?|system|robot|alerts?|versand(?:status)?"
    r"|tracking|reports?|paket|lieferschein|order-?update|auftragsbestaetigung|bestellbestaetigung|shipment)\b"
)
BILLING_SENDER = re.compile(
    r"^(?:rechnung(?:en|sversand)?|e-?rechnung|invoices?|invoicing|billing|faktura|abrechnung)\b"
)
# A machine that passes on what a person wrote, or that wants something done.
FOR_A_PERSON = re.compile(
    r"kontaktformular|contact form|formular|web ?form|nachricht (?:von|eines|ihres)|message from|hat ihnen (?:eine nachricht|geschrieben)"
    r"|neue nachricht|new message|neue anfrage|new (?:inquiry|enquiry|request)|nutzer-anfrage|kundenanfrage|anfrage (?:von|ueber|zu|eines)"
    r"|rueckrufbitte|callback|voicemail|anrufbeantworter|mailbox-nachricht|verpasster anruf|missed call|sprachnachricht"
    r"|konfliktfall|kaeuferschutz|dispute|chargeback|ruecklastschrift|case opened|fall eroeffnet|claim"
    r"|bewertung|rezension|review (?:of|from|posted)|sternen? |hat (?:einen )?kommentar|commented"
    r"|retoure|ruecksendung|return request|rueckgabe|widerruf|kuendigung|storn|cancel|beschwerde|reklamation"
    r"|mahnung|zahlungserinnerung|reminder|overdue|ueberfaellig|inkasso|frist\b|deadline|handlungsbedarf|action required"
    r"|dringend|urgent|fehlgeschlagen|failed|failure|nicht zugestellt|unzustellbar|undeliver|not delivered|could not be|konnte nicht"
    r"|verzoeger|verspaet|delay|storung|stoerung|ausfall|outage|gesperrt|suspended|laeuft ab|ablauf|expir|abgelehnt|declined|abgesagt"
    r"|abweich|fehlmenge|rueckstand|lieferbar ab|nicht lieferbar|backorder|out of stock|absage|verschieb|reschedul"
    r"|freigabe|approve|genehmig|bestaetigen sie|please confirm|to confirm|unterschr|sign the|anforderung|auskunft|dsgvo|gdpr"
    r"|nicht mehr (?:verwendet|gueltig|im unternehmen|benutzt|gelesen)|no longer (?:in use|used|with|monitored|read)|ausgeschieden|aeussern"
    r"|untergegangen|noch offen|ausstehend|outstanding|noch nicht|not yet|unbezahlt|unpaid|zu vergeben|interessent|sucht\b|anfrage ansehen|benoetig|brauchen wir|we need|stellungnahme|einspruch"
    r"|abholung|abholbereit|zur abholung|pick-? ?up|alarm|warnung|warning|einspruch|schaden|fragt\b|asks\b|frage zu|question about|produktfrage"
    r"|termin(?:anfrage|wunsch|buchung)|booking request|neue bestellung|new order|bestellung eingegangen von|hat bestellt|you sold"
)
NEWSLETTER = re.compile(
    r"newsletter|abmelden|abbestellen|abmeldelink|austragen|unsubscribe|opt out|im browser (?:ansehen|anzeigen|oeffnen)|online ansehen"
    r"|view (?:it |this |email )*(?:in|online)|email preferences|manage preferences|mailing ?list|verteiler"
    r"|keine (?:weiteren )?(?:mails|e-mails|werbung|angebote) mehr|sie erhalten diese (?:e-?mail|nachricht), weil|you (?:are receiving|received) this"
)
INVOICE = re.compile(
    r"rechnung|invoice|faktura|gutschriftsbeleg|zahlungsbeleg|receipt|quittung|beleg|kontoauszug|statement|abrechnung"
)
CONFIRMATION = re.compile(
    r"(?:bestell|auftrags|versand|liefer|zahlungs|empfangs|eingangs|termin|anmelde)bestaetigung|bestaetigung ihre[rs]|order confirm|confirmation of|your order"
    r"|ihre (?:bestellung|sendung|lieferung|zahlung|anfrage|buchung|registrierung|nachricht)|ihr (?:auftrag|paket|einkauf|antrag)"
    r"|sendungsverfolgung|tracking|shipped|dispatched|versendet|versandt|unterwegs|zugestellt|has been delivered|out for delivery|on its way|wird heute geliefert"
    r"|zahlungseingang|zahlung erhalten|payment (?:received|confirmation|successful)|avis|lieferschein|delivery note|avisierung"
    r"|backup|sicherung (?:erfolgreich|abgeschlossen)|bericht|report|zusammenfassung|digest|successfully|erfolgreich|wartungsfenster|passwort geaendert|anmeldung von"
)
AUTOMATIC_REPLY = re.compile(
    r"automatische antwort|abwesenheit|automatic reply|auto-?reply|auto:|out of (?:the )?office|ausser haus|nicht im (?:buero|haus)"
    r"|im urlaub|on vacation|on (?:annual )?leave|away from|eingangsbestaetigung|ist bei uns eingegangen|we have received your|haben ihre (?:nachricht|anfrage|e-?mail) erhalten"
    r"|angenommen:|accepted:|zugesagt:|zugestellt:|gelesen:|read:|delivered:|reagiert|reacted to"
)
CUSTOMARY = re.compile(
    r"\b(?:fragen|rueckfragen|questions|noch etwas unklar|need help|hilfe|nicht auf diese|nicht antworten|nicht auf die"
    r"|do not reply|automatisch (?:erstellt|generiert|erzeugt|versandt)|automatically generated|ueberweisen|zahlbar|zahlung"
    r"|faellig|betrag|payment|payable|due|bank(?:verbindung| details| transfer)|bitte beachten sie|please note)\b"
)
# Newsletters do not speak of themselves as "I", and list members who do are no newsletters.
A_PERSON_SPEAKS = re.compile(
    r"\b(?:ich|mir|mich|mein\w*|euer|eure[nmrs]?|euch|i|i'm|i've|my)\b|(?:^|\n)\s*(?:re: |aw: )?\[[\w -]+\]"
)
INVOICE_ENCLOSED = re.compile(
    r"(?:anbei|anhang|beigefuegt|uebersenden|erhalten sie|finden sie|attached|enclosed)[^.]*\b(?:\w*rechnung|\w*invoice)"
    r"|\b(?:rechnung|invoice)\b[^.]*(?:anbei|anhang|beigefuegt|attached|enclosed|liegt bereit)"
)
# What an absence note says to others; the note itself is not urgent.
URGENT_CASES = re.compile(
    r"\b(?:dringende[nr]? (?:faelle|angelegenheit|fragen)\w*|urgent (?:matters|cases|questions))\b"
)
OUR_INVOICE = re.compile(
    r"\b(?:unsere|our) (?:\w+ )?(?:rechnung|invoice)|zahlbar|zahlungsziel|payable|ueberweisen|skonto"
)
TRANSFER = re.compile(
    r"\b(?:ueberweisen|zahlbar|zahlungsziel|begleichen|faellig|payable|due|transfer|skonto|auftrag und|ihren auftrag"
    r"|your business|zusammenarbeit)\b"
)


def needs_answer(contact: Contact) -> Verdict:
    """Whether somebody waits for an answer to this message, and why we think so."""
    if contact.has_open_concern:
        return Verdict(True, Reason.OPEN_CONCERN)
    return from_machine(contact) or thanks(contact) or supplier_invoice(contact) or Verdict(True, why_needed(contact))


def why_needed(contact: Contact) -> Reason:
    if asks_something(contact.text) or asks_something(contact.subject):
        return Reason.ASKS
    return Reason.TROUBLE if names_trouble(contact.text) else Reason.UNCLEAR


def thanks(contact: Contact) -> Verdict | None:
    """Thanks and nothing else, in a reply or under a subject that says no more."""
    bare = contact.subject.strip(" ()").lower()
    is_harmless = is_reply_subject(contact.subject) or bare in NO_SUBJECT or is_thanks_only(bare)
    if is_harmless and is_thanks_only(contact.text):
        return Verdict(False, Reason.THANKS)
    return None


def from_machine(contact: Contact) -> Verdict | None:
    """What machines send for information. A header or sender is one witness, the words another."""
    said = without(URGENT_CASES, whole(contact))
    if FOR_A_PERSON.search(said):
        return None
    if is_newsletter(said, contact):
        return Verdict(False, Reason.NEWSLETTER)
    kind = machine_kind(said, contact)
    return Verdict(False, kind) if kind else None


def whole(contact: Contact) -> str:
    return readable(f"{contact.subject}\n{contact.text}")


def without(customary: re.Pattern[str], said: str) -> str:
    """The text without the sentences in which such words stand."""
    return "".join(piece for piece in pieces(said) if not customary.search(piece))


def encloses_invoice(said: str) -> bool:
    return any(INVOICE_ENCLOSED.search(piece) for piece in pieces(said))


def is_newsletter(said: str, contact: Contact) -> bool:
    if not NEWSLETTER.search(said) or A_PERSON_SPEAKS.search(said) or len(words(contact.text)) < 3:
        return False
    return is_machine_sender(contact) or (contact.is_bulk and "?" not in said)


def is_machine_sender(contact: Contact) -> bool:
    return MACHINE_SENDER.match(folded(contact.sender)) is not None


def machine_kind(said: str, contact: Contact) -> Reason | None:
    """The kind of a machine's message; customary phrases set aside it must not want anything."""
    is_machine = is_machine_sender(contact)
    if AUTOMATIC_REPLY.search(said) and (is_machine or contact.is_automatic):
        return Reason.AUTOMATIC_REPLY
    own = without(CUSTOMARY, said)
    if asks_something(own) or names_trouble(own):
        return None
    if INVOICE.search(said) and (is_machine or (contact.is_automatic and is_billing_sender(contact))):
        return Reason.INVOICE
    return Reason.CONFIRMATION if is_machine and CONFIRMATION.search(said) else None


def is_billing_sender(contact: Contact) -> bool:
    return BILLING_SENDER.match(folded(contact.sender)) is not None


def supplier_invoice(contact: Contact) -> Verdict | None:
    """An invoice of theirs that somebody sent by hand, without any wish but to be paid."""
    said = readable(contact.text)
    is_theirs = is_billing_sender(contact) or OUR_INVOICE.search(said) is not None
    if not is_theirs or is_reply_subject(contact.subject) or not encloses_invoice(said):
        return None
    rest = without(TRANSFER, said)
    if FOR_A_PERSON.search(whole(contact)) or asks_something(rest) or names_trouble(rest):
        return None
    return Verdict(False, Reason.INVOICE)
