"""Objections by what their words mean: advertising × no × sending, a permission taken away, a list left, somebody bothered.

Read over one folded sentence, where the fixed forms of `objecting` found nothing. Each part is a list of words, in German, in the
dialects of Austria and Switzerland, and in English; a rule says which parts have to meet. What meets and still leaves a doubt is told
as a doubt: then nothing more leaves, and a colleague says what was meant.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from rapidfuzz.distance import OSA

from golddraht.consent.rules.words import Purpose, Way


class Sure(Enum):
    """How plainly it was said."""

    YES = "yes"
    DOUBT = "doubt"


Meant = tuple[Sure, Way | None, Purpose | None]

SPELT = (
    "werbung",
    "newsletter",
    "werbemails",
    "reklame",
    "prospekte",
    "kataloge",
    "werbepost",
    "abmelden",
    "abbestellen",
)
"""Words that are corrected before they are read: a slip of the finger is no way to go on being written to."""
NO_SLIP = frozenset(
    {"wertung", "anmelden", "katalog", "prospekt", "bestellen", "abmelde", "ausmelden", "bewerbung", "bewerbungen"}
)

AD = (
    r"(?:\b(?!bewerb)\w*werbung\w*|\bwerbe(?!n\b)[\w-]+|\bwerbig\b|\bwerblich\w*|\bwerbezweck\w*|\breklame\w*|\w*newsletter\w*|\w*marketing\w*|\bmailings?\b|\bpostwurf\w*"
    r"|\b\w*prospekte?n?\b|\bkataloge?n?\b|\bflyern?\b|\bspam\w*|\brund-?(?:e-?)?mails?\b|\binfo-?(?:e-?)?mails?\b|\binfopost\b|\w*sonderangebot\w*|\w*aktionsangebot\w*"
    r"|\baktions-?(?:e-?)?mails?\b|\bangebots-?(?:e-?)?mails?\b|\brabatt(?:code|aktion|mail)\w*|\bgewinnspiel\w*|\bprodukt-?(?:info|neuheit|news|empfehl)\w*"
    r"|\bneuigkeiten\b|\b(?:e-?)?mails? (?:mit|ueber|zu) (?:\w+ )?(?:angebot|aktion|rabatt)\w*|\bverkaufs(?:zweck|anruf|gespraech|mail)\w*|\bhausmesse\w*|\bwerbeanruf\w*|\binfo\w* (?:ueber|zu|von) neue\w* \w+"
    r"|\bad(?:vert(?:s|isements?|ising)?|s)\b|\bjunk(?: mail)?\b|\bpromo\w*|\bdeals\b|\bsales (?:purposes|calls?|pitch\w*|e?mails?)|\bcatalog(?:ue)?s?\b|\bcommercial \w+)"
)
OFFERS = r"(?:\b(?:\w*angeboten?|\w*gutscheinen?|offers|aktionen|einladungen|zusendungen|zuschriften|mitteilungen|infos|informationen)\b)"
"""Advertising where somebody wants none of it *any more*; one offer that was asked for is not."""
NO = r"(?:\bkein(?:e|en|er|erlei|s)?\b|\bkene?\b|\bkei\b|\bkoa\w*\b|\bka\b|\bnie (?:wieder|mehr)\b|\bniemals\b|\bno(?: more)?\b|\bnix\b|\bnichts\b|\bweder\b|\bnever\b|\bohne\b)"
NOT = r"(?:\bnicht(?: mehr| laenger| weiter| wieder)?\b|\bnimmer\b|\bnet(?: mehr)?\b|\bned(?: mehr)?\b|\bnie(?: mehr| wieder)\b|\bnix\b|\bnichts\b|\bdo not\b|\bdon'?t\b|\bno longer\b|\bnot\b|\bnever\b|\bany ?more\b)"
MORE = r"(?:\bmehr\b|\bme\b|\bmeh\b|\bnimmer\b|\blaenger\b|\bkuenftig\b|\bzukunft\b|\bab sofort\b|\bnie wieder\b|\bany ?more\b|\bno longer\b|\bno more\b|\bweiter\w*\b|\bnochmals\b|\bnever again\b)"
WISH = (
    r"(?:\bbitt\w*|\bbite\b|\bersuch\w*|\bmoecht\w*|\bmoch?t?e?\b|\bmog\b|\bmag\b|\bwott\b|\bwill\b|\bwolln?\w*|\bwuensch\w*|\berwuenscht\b|\bhaette\b|\bwuerde\b|\bkoennen sie\b|\bkoennt\b|\bkann man\b"
    r"|\bfordere\b|\blege\w*\b|\bbrauch\w*|\bverzicht\w*|\bverschon\w*|\bsorgt? \b|\bsorgen sie\b|\bwiderspr\w*|\bdank\w*|\bmerci\b|\bdarum\b|\bendlich\b|\bsofort\b|\bmoeglich\b|\bveranlassen\b"
    r"|\bplease\b|\bpls\b|\bkindly\b|\bwant\w*|\bwish\w*|\blike to\b|\basked?\b|\bcan you\b|\bcould you\b|\bhereby\b)"
)
SENDING = (
    r"(?:\b(?:zu|ver|ueber|nach)?(?:ge)?(?:schick|send|sand)\w*|\bschicken?\b|\bschiken\b|\bschickt?s?\b|\bzu(?:zu)?stell\w*|\bbekom\w*|\berhalt\w*|\bkrieg\w*|\buebercho\b|\bmailen\b|\bmailt?\b"
    r"|\breceiv\w*|\bget(?:ting)?\b|\bsend\w*|\be?mail(?:ing|s)?\b)"
)
ENDING = (
    r"(?:\babbestell\w*|\babzubestell\w*|\babmeld\w*|\babgemeldet\b|\babzumeld\w*|\baustrag\w*|\bauszutrag\w*|\bausgetragen\b|\bstreich\w*|\bgestrichen\b|\b(?:he)?raus(?:nehm\w*|genommen|loesch\w*)?\b|\brausz\w+|\bwegzu\w+"
    r"|\bweglassen\b|\bentfern\w*|\bloesch\w*|\bgeloescht\b|\babstell\w*|\babzustell\w*|\bstell\w* .*\bab\b|\bmeld\w* .*\bab\b|\bdeaktivier\w*|\babschalt\w*|\bstopp\w*|\bstop\b|\bkuendig\w*|\bbeend\w*|\beinstell\w*|\beinzustell\w*"
    r"|\b(?:wieder )?los(?:werden|zuwerden)?\b|\bweg(?:bekomm\w*|krieg\w*)?\b|\baufhoer\w*|\baufzuhoer\w*|\bhoer\w* .*\bauf\b|\bsparen\b|\bunterlass\w*|\babstand\b|\bverzicht\w*|\bsperr\w*|\bmuss nicht sein\b"
    r"|\bremov\w*|\bunsubscrib\w*|\bopt\b|\bdelete\b|\bquit\b|\bcease\b|\btake (?:me|us|my)\b|\bget off\b|\bnehm\w* .*\b(?:aus|vom|ausm)\b|\bverschon\w*|\baus\b.*\bnehmen\b|\bsehen? .*\b(?:davon )?ab\b)"
)
LIST = r"(?:\w*verteilern?\b(?!kasten|dose)|\b\w*mailing-?liste?\w*|\b\w*adress-?(?:liste|kartei|datei|datenbank)\w*|\b\w*kartei\b|\bmarketing-?daten\w*|\b(?:mailing |e-?mail |distribution )list\b|\b(?:take|remove|delete|get) (?:me|us|my \w+) .*\blist\b|\bmarketing \w+)"
LISTED_OUT = (
    r"(?:\b(?:he)?raus\w*|\bstreich\w*|\bgestrichen\b|\bnehm\w*|\bnimm\w*|\bgenommen\b|\bloesch\w*|\bgeloescht\b|\bentfern\w*|\baustrag\w*|\babmeld\w*|\babgemeldet\b"
    r"|\bremove\w*|\btake\b|\bget off\b|\bdelete\b|\boff\b)"
)
LISTED_IN = r"(?:\bauf(?:nehm\w*|genommen|zunehmen)\b|\bmit auf\b|\bin (?:den|euren|ihren|die|eure|ihre) \w*verteiler\b|\bhinzu\w*|\beintrag\w*\b(?! (?:einer|der) )|\badd\b)"
PIPES = r"(?:heiz|wasser|kreis|fussboden|undicht|leck|verteiler(?:kasten|dose|schrank)|steckdose|ventil|heizkoerper|kabel|strom)"
LEAVE_TO = r"(?:\w*einwilligung|\w*zustimmung|\w*einverstaendnis\w*|\berlaubnis|\bgenehmigung|\bpermission|\bconsent)"
TAKING_AWAY = r"(?:\bwiderruf\w*|\bentzieh\w*|\bentzogen|\bzurueck\w*|\bkeine?\b|\brevoke\w*|\bwithdraw\w*|\bno longer\b|\bnie\b|\bnever\b|\bnicht\b)"
OBJECTING = r"(?:\bwiderspr(?:ech|ich|och|uch)\w*|\bnicht (?:damit )?einverstanden|\buntersag\w*|\bverbiet\w*|\bverbitt\w*|\bsperr\w*|\w+sperr(?:e|vermerk)\b|\bobject\w*)"
NEVER_AGREED = (
    r"(?:\b(?:nie|niemals|nicht|keine[rnms]?|nirgends)\b .{0,50}\b(?:angemeldet|zugestimmt|erlaubt|bestellt|eingewilligt|abonniert|angefordert|eingetragen|genehmigt)\b"
    r"|\b(?:never|not|didn'?t) (?:\w+ )?(?:sign(?:ed)? up|agreed?|subscribed?|consent(?:ed)?|ask(?:ed)? for)\b)"
)
DESPITE = r"\b(?:trotz|obwohl|despite)\b.{0,60}\b(?:\w*abmeld\w*|abgemeldet|\w*widerspr\w*|widerrufe?\w*|abbestellt|\w*kuendigung|unsubscrib\w*|objected|opted out)\b"
BOTHERED = r"(?:\bnerv\w*|\bbelaestig\w*|\blaestig\w*|\bzu(?:zu)?m(?:ue|u)ll\w*|\bmuellt\b|\bzu(?:zu)?spam\w*|\bbombardier\w*|\bzumut\w*|\bunerwuenscht\w*|\bflut\w*|\bueberschuett\w*|\bannoy\w*|\bbother\w*|\bfed up\b|\bsick of\b)"
SURVEY = r"(?:\b\w*umfragen?\b|\b\w*umfrage-\w+|\b\w*befragung(?:en)?\b|\bbewertungs\w+|\bzufriedenheits\w+|\bbewerten muessen\b|\b\w*feedback-?(?:mails?|anfrag\w*|survey\w*|request\w*|bogen)|\b(?:feedback )?surveys?\b|\bquestionnaires?\b)"
CALLING = r"(?:\bangerufen\b|\banruf(?:en?|t|e)?\b|\banzurufen\b|\btelefonisch\w*|\bper telefon\b|\btelefonier\w*|\brufts? (?:mi|mich|uns|ma)\b.*\ban\b|\bruf\w* (?:sie )?(?:mich|uns|bei).*\ban\b|\bcall(?:ing|s|ed)?\b|\bphon(?:e|ing)\b)"
SELLING = r"(?:\w*verkauf\w*|\bangebote?n?\b|\w*werb\w*|\bkauf\w*|\bvertrieb\w*|\bsales\b|\bsell\w*)"
CONTACT = r"(?:\bkontaktier\w*|\bkontakt\w*|\banschreib\w*|\bangeschrieben\b|\bschreib(?:en|t|ts)?\b|\bhoeren\b|\bzu hoeren\b|\bmelden\b|\bcontact\w*|\bhear from\b|\bwrit(?:e|ing)\b)"
ONLY = r"\bnur (?:noch )?(?:\w+ ){0,2}(?:rechnung\w*|vertrag\w*|service\w*|wichtig\w*|auftrag\w*|bestell\w*|termin\w*|invoice\w*|bills?)\b"
DATA = r"(?:\bmeiner? (?:persoenlichen |personenbezogenen )?daten\b|\bdaten(?:speicher|verarbeit|nutz|weitergab|erheb)\w*|\bmy (?:personal )?data\b)"

HARMLESS = re.compile(
    r"\b(?:habe|hab) nichts (?:gegen|dagegen)\b|\bstoert (?:mich|uns) nicht\b|\bgerne? (?:weiter|duerfen|koennen|auch)\b|\bweiter(?:hin)? (?:\w+ )?(?:gern|werbung bekommen|newsletter bekommen)"
    r"|\birrefuehrend\w*|\bunlauter\w*|\b(?:im|aus dem|in der|aus der|in ihrem|der) (?:letzten )?(?:newsletter|werbung|katalog|prospekt|flyer)\b.*\b(?:stand|steht|war|ist|geht|funktioniert|sah|sieht|fehl\w*|verspr\w*|falsch)\b"
    r"|\b(?:funktioniert|geht|klappt|oeffnet|laedt|gilt|passt|stimmt) (?:leider )?nicht\b|\bnicht (?:mehr )?(?:bekommen|erhalten|angekommen|gekommen|da|gueltig|einloesbar)\b|\bspam-?(?:ordner|filter|verdacht)\b|\bim spam\b|\bjunk (?:folder|mail folder)\b"
    r"|\b(?:anmelden|abonnieren|subscribe to|sign (?:me )?up|bestellen)\b(?!.*\bnicht\b)|\bversehentlich|\baus versehen|\bby (?:mistake|accident)|\bumzug\b|\balte (?:adresse|anschrift)|\bneue (?:adresse|anschrift)|\bi (?:got|received)\b|\bagentur\b|\bportalen\b"
    r"|\b(?:gibt|gab) es\b|\bwhere is\b|\bnoch nicht\b|\bnachsenden\b|\bnoch einmal (?:schick|send)\w*|\b(?:hat|haben) .*\b(?:gelesen|gesehen|gefunden)\b|\bgedruckt\w*|\bwieder (?:bekommen|erhalten|haben|anmelden|aufnehmen)"
    r"|\baufkleber|\bschild\b|\bstart|\bkeine werbung,? (?:sondern|aber)|\b(?:machen|schalten|drucken|buchen|gestalten)\b.*\bwerbung|\bwerbung (?:machen|schalten|drucken|buchen|gestalten)|\bad ?block|\bstill (?:get|on|valid)"
)
"""Who speaks like this objects to nothing, whatever else meets."""
ASKS = re.compile(
    r"^\W*(?:warum|wieso|weshalb|wann|wo ist|was ist|ist (?:das|die|der|diese)|bekomm\w*|erhalt\w*|gilt|why|when|is|do|does|did|haben sie|gibt)\b.*\?$"
)
GAP = r"(?:[\w'-]+[,:]? ){0,6}?"
TIGHT = r"(?:[\w'-]+,? ){0,3}?"


def _all(*parts: str) -> list[re.Pattern[str]]:
    return [re.compile(part) for part in parts]


AD_OR_OFFERS = rf"(?:{AD}|{OFFERS})"
NONE_OF_IT = re.compile(
    rf"{NO} (?:weiter\w* |mehr |more |andere\w* |further )?{TIGHT}{AD}|{AD} (?:\w+ ){{0,5}}?{NO}(?: |\W*$)"
)
NO_MORE_OFFERS = re.compile(rf"{NO} (?:[\w'-]+,? ){{0,4}}?{OFFERS}")
SHORT_NO = re.compile(
    rf"^\W*(?:bitte |bite |und |also |please )*{NO} {TIGHT}{AD}(?: \w+){{0,4}}\W*$|^\W*{AD}\W+(?:nein|aus|weg|stop\w*|no|off|unerwuenscht|nicht|ned)\b"
)
NEVER_AGAIN = r"(?:\bnicht (?:mehr|laenger|wieder|nochmals?)\b|\bnie (?:mehr|wieder)\b|\bniemals\b|\bnimmer\b|\bno longer\b|\bany ?more\b|\bagain\b|\bnix\b.*\bmehr\b|\bnichts mehr\b)"
STOP_CALLS = re.compile(
    rf"{CALLING}.{{0,40}}{NEVER_AGAIN}|{NEVER_AGAIN}.{{0,40}}{CALLING}|\bhoer\w* .{{0,30}}auf,? .{{0,20}}anzurufen|\bunterlass\w* .{{0,40}}\banrufe?\b|\bkeine?n? (?:weitere\w* )?(?:\w*werbe-?anruf\w*|verkaufsanruf\w*)|\b(?:stop|quit) calling"
)
TODAY = re.compile(
    r"\b(?:heute|morgen|vor|nach|zwischen|am|um|bis|sondern|lieber|hebt|erreich\w*|konnte|akku|geraet|nummer|meine frau|rueckruf\w*|before|after|until|instead|today|tonight|during|rufe|hat|haben|warte|wartete|per mail|schreiben|lassen|mailen)\b"
)


@lru_cache(maxsize=4096)
def _spelt(word: str) -> str:
    if len(word) < 6 or word in NO_SLIP or word in SPELT:
        return word
    near = [one for one in SPELT if abs(len(one) - len(word)) < 2 and OSA.distance(word, one, score_cutoff=1) <= 1]
    return near[0] if near else word


MAY_SAY_NO = re.compile(
    r"\bk(?:ein|ei|oa|a|ene)|\bn(?:icht|i[xe]|immer|e[dt]|o)\b|nichts|niemals|\bohne\b|\bweder\b|\bnever|\bnot\b|n't\b|\bmeld(?!ung)|abmeld|abgemeld|abzumeld|bbestell|abzubestell|trag|streich|strich|raus|weg|fern|loesch|\bstell|stopp?|kuend"
    r"|beend|\blos|hoer|\bspar|unterlass|abstand|verzicht|verbitt|verbiet|verschon|sperr|muss nicht|remov|unsub|\bopt\b|delete|quit|cease|take|get off|widers|widerruf|entz|zurueck|untersag|object|withdraw|revoke"
    r"|trotz|obwohl|despite|nerv|laestig|muell|spam|bombard|zumut|unerwuenscht|flut|annoy|bother|fed up|sick of|einstell|\bnur\b|in ru|deaktiv|abschalt|laenger|nehm|genommen|\bnein\b|\baus\b|\boff\b|anwalt|\bsehen\b"
)
"""Where none of these stands nobody says no, and nothing further is read."""
TELLS = re.compile(
    r"\b(?:ich|wir)\b (?:habe|haben|hab|bekomm\w*|erhalt\w*|krieg\w*|finde\w*)\b|\bi (?:have|get|got|receive)\b"
)
STRONG = re.compile(
    r"\bbitt\w*|\bbite\b|\bmoech\w*|\bwill\b|\bwoll\w*|\bwott\b|\bwuensch\w*|\berwuenscht|\bersuch|\bplease\b|\bpls\b|\bwant\b|\bwish\w*|\bmog\b|\bnie (?:wieder|einen|eine)\b|\bwiderspr"
)
"""Who tells what comes or does not come wishes for nothing, unless a plain wish stands beside it."""


def corrected(said: str) -> str:
    """The folded sentence with slips in the few words that matter put right."""
    return re.sub(r"[a-z]{6,14}", lambda found: _spelt(found[0]), said)


def meant(said: str) -> Meant | None:
    """What a folded sentence objects to, how plainly; None where its parts do not meet."""
    text = corrected(said)
    if not MAY_SAY_NO.search(text) or HARMLESS.search(text) or ASKS.match(text):
        return None
    for rule in (_asks_nothing_more, _calls_no_more, _wants_none, _ends, _takes_leave_away, _is_bothered, _may_mean_it):
        found = rule(text)
        if found is not None:
            return found
    return None


def _has(part: str, text: str) -> bool:
    return re.search(part, text) is not None


def _asks_nothing_more(text: str) -> Meant | None:
    """No questions how it was."""
    if not _has(SURVEY, text) or _has(r"\bausgefuellt\b|\bteilgenommen\b|\bverlost\b|\babgelaufen\b", text):
        return None
    is_no = _has(NO, text) or _has(NOT, text) or _has(ENDING, text)
    return (Sure.YES, None, Purpose.SURVEY) if is_no and (_has(WISH, text) or _has(BOTHERED, text)) else None


def _calls_no_more(text: str) -> Meant | None:
    if TODAY.search(text) or not STOP_CALLS.search(text):
        return None
    is_plain = (
        _has(SELLING, text)
        or _has(WISH, text)
        or _has(r"\bhoer\w* .*\bauf\b|\brufts?\b|\bstop\b|\bquit\b|\bunterlass", text)
    )
    return (Sure.YES if is_plain else Sure.DOUBT, Way.CALL, None)


def _wants_none(text: str) -> Meant | None:
    """No advertising: with a wish, as a bare no, or with the verb of sending."""
    if SHORT_NO.search(text):
        return Sure.YES, None, None
    if TELLS.search(text) and not STRONG.search(text):
        return None
    is_none = NONE_OF_IT.search(text) or (_has(AD, text) and _has(NEVER_AGAIN, text))
    if is_none and (_has(WISH, text) or _has(SENDING, text)):
        return Sure.YES, None, None
    if _has(AD, text) and _has(
        r"\bnicht(?: mehr)?\b.*\berwuenscht\b|\bnicht\b.*\b(?:interessier\w*|brauch\w*|bestimmt)\b|\binteressier\w* .*\bnicht\b|\bbrauch\w* .*\bnicht\b|\bkein\w* (?:interesse|bedarf)\b|\bkeinen wert\b|\bnot interested\b|\bdon'?t want\b|\bno longer wish\b",
        text,
    ):
        return Sure.YES, None, None
    is_nothing_of_offers = NO_MORE_OFFERS.search(text) or (_has(OFFERS, text) and _has(NEVER_AGAIN, text))
    if is_nothing_of_offers and _has(MORE, text) and (_has(WISH, text) or _has(SENDING, text)):
        return (
            (Sure.YES if _has(r"angebote|offers|zusendungen|zuschriften|aktionen|einladungen", text) else Sure.DOUBT),
            None,
            None,
        )
    return None


def _ends(text: str) -> Meant | None:
    """It is to end, or they are to be taken off the list."""
    if _has(PIPES, text) or _has(LISTED_IN, text):
        return None
    if _has(LIST, text) and _has(LISTED_OUT, text):
        return Sure.YES, None, None
    if re.search(rf"{AD_OR_OFFERS}.{{0,60}}{DESPITE}|{DESPITE}.{{0,60}}{AD_OR_OFFERS}", text) or _has(
        r"\babgemeldet\b.*\btrotzdem\b.*" + AD, text
    ):
        return Sure.YES, None, None
    if _has(AD, text) and _has(r"\b(?:rechts)?anwalt\b|\b(?:do not|don'?t) contact\b", text):
        return Sure.YES, None, None
    if not _has(ENDING, text) or not _has(AD, text):
        return None
    is_told = _has(r"\b(?:wurde|worden|ist|war|has been|was)\b", text) and not _has(WISH, text)
    return None if is_told or _has(r"\bbestellung\b|\bwarenkorb\b|\blieferung\b", text) else (Sure.YES, None, None)


def _takes_leave_away(text: str) -> Meant | None:
    is_about_ads = _has(AD, text) or _has(
        r"zwecke?n?\b.*\bkontakt|\bangebote?\b.*\b(?:send|schick)|\bart(?:ikel)? 21\b|\b7 abs\w* 3\b|\bdirektwerb", text
    )
    if is_about_ads and (_has(OBJECTING, text) or (_has(LEAVE_TO, text) and _has(TAKING_AWAY, text))):
        return Sure.YES, None, None
    if _has(r"\bwiderspruchsrecht\b.*\bgebrauch\b|\bart(?:ikel)? 21\b", text):
        return Sure.YES, None, None
    if is_about_ads and _has(NEVER_AGREED, text):
        return Sure.YES, None, None
    if _has(DATA, text) and _has(r"\bwiderspr\w*|\bobject\w*|\bnicht einverstanden", text):
        return Sure.DOUBT, None, None
    return None


def _is_bothered(text: str) -> Meant | None:
    is_about = _has(AD_OR_OFFERS, text) or _has(r"\b(?:postfach|mails|zuzu?spam\w*|zuspam\w*)\b", text)
    if not is_about or not _has(BOTHERED, text):
        return None
    return (
        (Sure.YES if _has(AD, text) or _has(WISH, text) or _has(ENDING, text) or _has(NOT, text) else Sure.DOUBT),
        None,
        None,
    )


def _may_mean_it(text: str) -> Meant | None:
    """Nothing more from us at all, only what is needed, off with my data: it may mean advertising, so it is asked."""
    if _has(r"\bin (?:ruah|ruhe|frieden)\b", text) and _has(AD, text):
        return Sure.YES, None, None
    if _has(ONLY, text) and _has(r"\bsonst\b|\bnichts\b|\bverzicht\w*|\bkeine?\b|\bnothing else\b", text):
        return Sure.YES, None, None
    is_silence = (_has(CONTACT, text) and _has(NEVER_AGAIN, text)) or _has(
        r"\b(?:schick|send|mail)\w*.{0,25}\b(?:nix|nichts)\b(?! (?:mehr )?(?:auf|am|an|in|zum|bis)\b)", text
    )
    if is_silence and not TODAY.search(text):
        return Sure.DOUBT, None, None
    if _has(
        r"\b(?:loesch|entfern|streich|remove|delete)\w* (?:sie )?(?:bitte )?(?:mich|uns|me|us)\b|\b(?:aus|from) (?:ihrer|eurer|der|your) (?:\w+ )?(?:datenbank|datei|kundendatei|kundenkartei|database)\b",
        text,
    ):
        return Sure.DOUBT, None, None
    if (
        _has(AD, text)
        and _has(r"\bwie (?:werde|bekomm|krieg|stell)\w*|\bhow (?:do|can)\b", text)
        and _has(ENDING, text)
    ):
        return Sure.YES, None, None
    return None


SHORTEST = 8
"""A reply of so many words can be a bare no."""
BARE_NO = re.compile(
    r"^\W*(?:(?:bitte|danke?|sorry|oh|hallo|guten tag|na|ach|please|hi|hello|thanks?|thank you|merci|nun|sofort|einfach|endlich|i|ich|das|so etwas|sowas|hab|habe|bins?|bin) ?[,.!:]* ?){0,4}"
    r"(?:(?:nein|no|nee|noe|na|stop\w*|halt|ende|schluss|raus|weg damit|weg|aus|abmeld\w*|abbestell\w*|austrag\w*|unsubscribe|remove(?: me)?|delete|loesch\w*|streich\w*|unerwuenscht|spam|unterlass\w*"
    r"|ke?in?e? interesse|ka interesse|koa interesse|kei interesse|kein bedarf|no interest|not interested|nicht interessiert|ne[td] interessiert|ned intressiert|brauch\w*(?: \w+)? nicht|nicht mehr(?: \w+){0,2}|bitte nicht(?: mehr| wieder)?|nix mehr|nichts mehr"
    r"|will (?:\w+ )?nicht|no th(?:an)?[kx]s?|no thank you|nie bestellt|nicht bestellt|(?:don'?t|do not) want(?: this| it| any)?|no more(?: of)?(?: this| \w+)?|keine? (?:weiteren |mehr )?\w*(?:mails?|sms|nachrichten|post|werbung)\w*(?: mehr)?)\W*(?:bitte |danke )?){1,3}"
    r"(?:\W*(?:bitte|danke?\w*|schoen|please|thanks?|you|merci|sofort|schicken|senden|wieder|mehr|ich|mich|das|gruesse?|mfg|lg))*\W*$"
)
SOLD_OUT = re.compile(r"^\W*(?:nein,? danke|no,? thank\w*(?: you)?|kein\w* (?:interesse|bedarf))\b")
ASKS_BACK = re.compile(
    r"\?|\b(?:sondern|lieber|meine|gross\w*|klein\w*|ander\w*|welche\w*|rather|instead|bigger|smaller|the one|problem|ahnung|sorge|eile|schlecht|bad)\b"
)


def is_bare_no(text: str) -> Sure | None:
    """Whether a whole reply to advertising is a no and little else; whose words go on may mean something nearer."""
    said = re.sub(r"\s+", " ", text).strip()
    if len(said.split()) > SHORTEST or ASKS_BACK.search(said.replace("was soll das?", "")):
        return None
    if BARE_NO.match(said) or SOLD_OUT.match(said):
        return Sure.YES
    if _has(rf"{NO}|{NOT}|\bin ruhe\b|\bleave me alone\b", said) and _has(
        rf"{SENDING}|\bin ruhe\b|\bleave me alone\b|{NEVER_AGREED}|\bintere?ss", said
    ):
        return Sure.YES
    return Sure.DOUBT if _has(r"\bspam\b|\bwas soll das\b|\bunverschaemt\w*|\bfrech\w*|\bnerv\w*", said) else None
