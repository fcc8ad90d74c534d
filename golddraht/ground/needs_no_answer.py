"""Which messages need no answer: newsletters, invoices, machine confirmations, mere thanks.

Silence towards a customer is the worse mistake, so every rule here needs two witnesses or knows
every word, and whatever is left over needs an answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from golddraht.ground.closing import closing_of, is_kind_subject
from golddraht.ground.closing_phrases import SETTLED
from golddraht.ground.text import folded, words
from golddraht.ground.understanding import asks_something, is_reply_subject, names_trouble, pieces, readable

NO_SUBJECT = ("", "kein betreff", "no subject")


class Reason(StrEnum):
    OPEN_CONCERN = "open_concern"
    ASKS = "asks"
    TROUBLE = "trouble"
    WRITTEN_FOR_A_PERSON = "written_for_a_person"
    UNCLEAR = "unclear"
    THANKS = "thanks"
    WORKS = "works"
    PRAISE = "praise"
    WISHES = "wishes"
    NOTED = "noted"
    MOOT = "moot"
    COURTESY = "courtesy"
    FAREWELL = "farewell"
    NEWSLETTER = "newsletter"
    INVOICE = "invoice"
    CONFIRMATION = "confirmation"
    NOTIFICATION = "notification"
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
# Addresses that sell or send; people sit there too, so only the words of a machine make them one.
TRADING_SENDER = re.compile(
    r"^(?:bestellung(?:en)?|orders?|shop|webshop|onlineshop|versand\w*|sendung\w*|ab|zustellung|avis\w*)\b"
)
ROLE_SENDER = re.compile(
    r"^(?:service|kundenservice|info|kontakt|ticket\w*|support|helpdesk|zahlung\w*|buchhaltung|konto|monitor\w*|reservierung|buchung|termin\w*|portal|shop)\b"
)
ADVERTISING_SENDER = re.compile(
    r"^(?:newsletter|news|mailing|marketing|angebote?|aktion(?:en)?|deals?|promo\w*|offers?|werbung|redaktion)\b"
)
# What somebody says, other than what machines send: with files besides the words it is more than that.
SAID_BY_A_PERSON = frozenset(
    {
        Reason.THANKS,
        Reason.WORKS,
        Reason.PRAISE,
        Reason.WISHES,
        Reason.COURTESY,
        Reason.NOTED,
        Reason.MOOT,
        Reason.FAREWELL,
    }
)
BILLING_SENDER = re.compile(
    r"^(?:rechnung(?:en|sversand)?|e-?rechnung|invoices?|invoicing|billing|faktura|abrechnung|buchhaltung|accounting|gutschrift(?:en)?)\b"
)
SAYS_IT_IS_A_MACHINE = re.compile(
    r"\bdies(?:e|er|es)?\b (?:\w+ ){0,4}automatisch|this is an auto|automatically generated|(?:antworten sie|bitte) (?:bitte )?nicht auf diese|do not reply"
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
    r"|untergegangen|noch offen|ausstehend|outstanding|noch nicht|not yet|unbezahlt|unpaid|zu vergeben|interessent|\bsucht\b|\boffen\w*|korrig|korrektur|berichtig|\bklaer|umschreib|\bzurueck\b|reparatur|anfrage ansehen|benoetig|brauchen wir|we need|stellungnahme|einspruch"
    r"|abholung|abholbereit|zur abholung|pick-? ?up|alarm|warnung|warning|einspruch|schaden|fragt\b|asks\b|frage zu|question about|produktfrage"
    r"|termin(?:anfrage|wunsch|buchung)|booking request|neue bestellung|new order|bestellung eingegangen von|hat bestellt|you sold"
)
NEWSLETTER = re.compile(
    r"newsletter|abmelde|abmeldung|abbestell|austragen|unsubscribe|opt out|(?:mail|nachricht)s? nicht mehr (?:erhalten|wuenschen|bekommen)|mail ist werbung|im browser (?:ansehen|anzeigen|oeffnen)|online ansehen"
    r"|view (?:it |this |email )*(?:in|online)|email preferences|manage preferences|mailing ?list|verteiler"
    r"|keine (?:weiteren )?(?:mails|e-mails|werbung|angebote) mehr|sie erhalten diese (?:e-?mail|nachricht), weil|you (?:are receiving|received) this"
)
LEAVE = re.compile(
    r"abmelde|abmeldung|abbestell|austragen|unsubscribe|opt out|preferences|(?:mail|nachricht|newsletter)s? nicht mehr (?:erhalten|wuenschen|bekommen)"
)
INVOICE = re.compile(
    r"rechnung|invoice|faktura|gutschriftsbeleg|zahlungsbeleg|receipt|quittung|beleg|kontoauszug|statement|abrechnung"
)
CONFIRMATION = re.compile(
    r"(?:bestell|auftrags|versand|liefer|zahlungs|empfangs|eingangs|termin|anmelde)bestaetigung|bestaetigung ihre[rs]|order confirm|confirmation of|your order"
    r"|ihre (?:bestellung|sendung|lieferung|zahlung|anfrage|buchung|registrierung|nachricht)|ihr (?:auftrag|paket|einkauf|antrag)"
    r"|sendungsverfolgung|tracking|shipped|dispatched|versendet|versandt|unterwegs|zugestellt|has been delivered|out for delivery|on its way|wird heute geliefert"
    r"|zahlungseingang|eingang ihrer zahlung|zahlung (?:ueber [^.]{1,20} )?(?:von [^.]{1,40} )?erhalten|wieder erreichbar|back online|payment (?:received|confirmation|successful)|avis|lieferschein|delivery note|avisierung"
    r"|backup|sicherung (?:erfolgreich|abgeschlossen)|bericht|report|zusammenfassung|digest|successfully|erfolgreich|wartungsfenster|passwort geaendert|anmeldung von"
)
# What mail programs write before the subject they react to; people do not.
WRITTEN_BY_A_PROGRAM = re.compile(
    r"^\s*(?:automatische antwort|automatic reply|auto(?:reply|: re)|abwesenheitsnotiz|abwesend|out of (?:the )?office|gelesen|read|lesebestaetigung|zugestellt|delivered)\s*:"
)
ABSENT_OR_READ = re.compile(
    r"\b(?:abwesen\w*|geschlossen|betriebs(?:urlaub|ferien)|mutterschutz|zurueck bin|urlaub|elternzeit|dienstreise|fortbildung|krank\w*|nicht im (?:buero|haus|dienst)|ausser haus|wieder (?:erreichbar|da|im (?:buero|haus))|erreichbar|out of|on leave|annual leave|vacation|holiday|away"
    r"|parental leave|back (?:on|in)|gelesen|read on|your message was read|angezeigt|uebermittelt|zugestellt|delivered)\b"
)
ABSENCE_TALK = re.compile(
    r"wenden sie sich|melden sie sich|kontaktieren|rufen sie|in dringenden|vertretung|vertritt|weitergeleitet|melde mich|beantworte|please contact|get back|access to|zugriff|anfrage|lesebestaetigung|empfaenger|message|nicht im|erst wieder|urgent"
)
SOCIAL = re.compile(
    r"folgt (?:dir|ihnen|euch)|follower|profilbesuch|ihr profil besucht|who follows|gefaellt (?:ihr|dein)\w* (?:beitrag|foto|seite)|liked your|hat ihren beitrag (?:geteilt|gelikt)|kontaktanfrage|connection request|new connection|viewed your profile"
)
# The fields of a web form, that is of somebody who wants something.
FORM = re.compile(
    r"(?:^|\n)\s*(?:vor|nach)?(?:name|telefon|nachricht|message|anliegen|kommentar|comment|phone|betreff)\s*:"
)
GROUP = re.compile(r"google ?groups?|\bgruppe\b|\bgroup\b|mailing ?list|verteiler")
AUTOMATIC_REPLY = re.compile(
    r"automatische antwort|abwesenheit|automatic reply|auto-?reply|auto:|out of (?:the )?office|ausser haus|nicht im (?:buero|haus)"
    r"|nicht erreichbar|im urlaub|on vacation|on (?:annual )?leave|away from|eingangsbestaetigung|ist bei uns eingegangen|we have received your|haben ihre (?:nachricht|anfrage|e-?mail) erhalten"
    r"|angenommen:|accepted:|zugesagt:|zugestellt:|gelesen:|read:|delivered:|reagiert|reacted to"
)
CUSTOMARY = re.compile(
    r"\b(?:fragen|rueckfragen|questions|noch etwas unklar|need help|hilfe|nicht auf diese|nicht antworten|nicht auf die"
    r"|do not reply|automatisch (?:erstellt|generiert|erzeugt|versandt)|automatically generated|ueberweisen|zahlbar|zahlung"
    r"|faellig|betrag|nichts (?:weiter )?(?:tun|unternehmen|veranlassen)|no (?:further )?action (?:is )?(?:required|needed)|find (?:attached|enclosed)|abgebucht|pruefen sie diese|ohne abzug|let you know|informieren sie|auf dem laufenden|payment|payable|due|bank(?:verbindung| details| transfer)|bitte beachten sie|please note)\b"
)
# Newsletters do not speak of themselves as "I", and list members who do are no newsletters.
A_PERSON_SPEAKS = re.compile(
    r"\b(?:ich|mir|mich|mein\w*|euer|eure[nmrs]?|euch|i|i'm|i've|my)\b|(?:^|\n)\s*(?:re: |aw: )?\[[\w -]+\]"
)
INVOICE_ENCLOSED = re.compile(
    r"(?:anbei|anhang|beigefuegt|uebersenden|erhalten sie|finden sie|attached|enclosed)[^.]*\b(?:\w*rechnung|\w*invoice|kontoauszug|gutschrift|statement)"
    r"|\b(?:rechnung|invoice)\b[^.]*(?:anbei|anhang|beigefuegt|attached|enclosed|(?:liegt|steht)\b.*\b(?:bereit|abruf|portal)|zum (?:abruf|download)|ist (?:jetzt )?(?:verfuegbar|online|da\b))"
)
# What an absence note says to others; the note itself is not urgent.
URGENT_CASES = re.compile(
    r"\b(?:dringende[nr]? (?:faelle|angelegenheit|fragen)\w*|urgent (?:matters|cases|questions))\b"
)
OUR_INVOICE = re.compile(
    r"\b(?:unsere|our) (?:\w+ )?(?:rechnung|invoice)|zahlbar|zahlungsziel|payable|ueberweisen|skonto|\b(?:dank\w*|thank\w*) (?:\w+ ){0,3}(?:auftrag|order|your business)"
)
TRANSFER = re.compile(
    r"\b(?:nichts (?:weiter )?(?:tun|unternehmen|veranlassen)|no (?:further )?action (?:is )?(?:required|needed)|please find (?:attached|enclosed)|abgebucht|ueberweisen|zahlbar|zahlungsziel|begleichen|faellig|payable|due|transfer|skonto|auftrag und|ihren auftrag"
    r"|your business|zusammenarbeit)\b"
)


def needs_answer(contact: Contact) -> Verdict:
    """Whether somebody waits for an answer to this message, and why we think so."""
    if contact.has_open_concern:
        return Verdict(True, Reason.OPEN_CONCERN)
    return from_machine(contact) or closed(contact) or supplier_invoice(contact) or Verdict(True, why_needed(contact))


def why_needed(contact: Contact) -> Reason:
    """The first reason found; the subject of a reply is ours and says nothing."""
    is_own_subject = not is_reply_subject(contact.subject)
    if asks_something(contact.text) or (is_own_subject and asks_something(contact.subject)):
        return Reason.ASKS
    return Reason.TROUBLE if names_trouble(contact.text) else Reason.UNCLEAR


def closed(contact: Contact) -> Verdict | None:
    """Thanks and the like and nothing else, in a reply or under a subject that says no more."""
    bare = contact.subject.strip(" ()").lower()
    if not (is_reply_subject(contact.subject) or bare in NO_SUBJECT or is_kind_subject(contact.subject)):
        return None
    kind = closing_of(contact.text, contact.subject)
    return Verdict(False, Reason(kind.value)) if kind else None


def from_machine(contact: Contact) -> Verdict | None:
    """What machines send for information. A header or sender is one witness, the words another."""
    if is_note_of_a_program(contact):
        return Verdict(False, Reason.AUTOMATIC_REPLY)
    said = without(URGENT_CASES, whole(contact))
    if FOR_A_PERSON.search(said) or FORM.search(said):
        return None
    if is_newsletter(said, contact):
        return Verdict(False, Reason.NEWSLETTER)
    kind = machine_kind(said, contact)
    return Verdict(False, kind) if kind else None


def is_note_of_a_program(contact: Contact) -> bool:
    """An absence note or receipt of reading: the program wrote its subject, and the text says no more."""
    said = readable(contact.text)
    if not WRITTEN_BY_A_PROGRAM.match(folded(contact.subject)) or not ABSENT_OR_READ.search(said):
        return False
    own = without(ABSENCE_TALK, said)
    return not (FOR_A_PERSON.search(own) or asks_something(own) or names_trouble(own))


def whole(contact: Contact) -> str:
    return readable(f"{contact.subject}\n{contact.text}")


def without(customary: re.Pattern[str], said: str) -> str:
    """The text without the sentences in which such words stand."""
    return "".join(piece for piece in pieces(said) if not customary.search(piece))


def encloses_invoice(said: str) -> bool:
    return any(INVOICE_ENCLOSED.search(piece) for piece in pieces(said))


def is_newsletter(said: str, contact: Contact) -> bool:
    """Two of three witnesses: the header of a list, an address that advertises, a way to leave the list."""
    if A_PERSON_SPEAKS.search(said) or len(words(contact.text)) < 3 or is_reply_subject(contact.subject):
        return False
    if is_advertiser(contact):
        return contact.is_bulk or NEWSLETTER.search(said) is not None
    if "?" in said:
        return contact.is_bulk and LEAVE.search(said) is not None and not GROUP.search(said)
    return contact.is_bulk and NEWSLETTER.search(said) is not None


def is_advertiser(contact: Contact) -> bool:
    return is_machine_sender(contact) or ADVERTISING_SENDER.match(folded(contact.sender)) is not None


def is_machine_sender(contact: Contact) -> bool:
    return MACHINE_SENDER.match(folded(contact.sender)) is not None


def is_machine(said: str, contact: Contact) -> bool:
    """By its address, or where no person speaks by its header, its trade or its own word."""
    if is_machine_sender(contact):
        return True
    if A_PERSON_SPEAKS.search(said) or is_reply_subject(contact.subject):
        return False
    is_trading = TRADING_SENDER.match(folded(contact.sender)) is not None
    is_role = contact.is_automatic and ROLE_SENDER.match(folded(contact.sender)) is not None
    return is_role or is_trading or SAYS_IT_IS_A_MACHINE.search(said) is not None


def machine_kind(said: str, contact: Contact) -> Reason | None:
    """The kind of a machine's message; customary phrases set aside it must not want anything."""
    if AUTOMATIC_REPLY.search(said) and (is_machine_sender(contact) or contact.is_automatic):
        return Reason.AUTOMATIC_REPLY
    if SOCIAL.search(said) and is_machine_sender(contact):
        return Reason.NOTIFICATION
    own = SETTLED.sub(" ", without(CUSTOMARY, said))
    if asks_something(own) or names_trouble(own):
        return None
    if INVOICE.search(said) and (is_machine_sender(contact) or (contact.is_automatic and is_billing_sender(contact))):
        return Reason.INVOICE
    if not is_machine(said, contact):
        return None
    if CONFIRMATION.search(said):
        return Reason.CONFIRMATION
    return Reason.AUTOMATIC_REPLY if AUTOMATIC_REPLY.search(said) else None


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
