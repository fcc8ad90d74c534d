"""Whether somebody says that they want no advertising, in whatever words: German and English, read over folded text.

An objection that is overheard is a breach of law, one that is imagined costs an offer. Yet who tells of advertising, misses a newsletter
or asks for a sticker “Bitte keine Werbung” objects to nothing; so a wish, an order or the verb of leaving has to stand there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from golddraht.consent.rules.meaning import Sure, corrected, is_bare_no, meant
from golddraht.consent.rules.words import Purpose, Way
from golddraht.ground.text import folded, one_line, squeezed


@dataclass(frozen=True)
class Objection:
    """What somebody objects to: everything where neither is named. `words` is the sentence that says so.

    With a doubt it may mean something else: nothing leaves any more, and a colleague is asked.
    """

    words: str
    way: Way | None = None
    purpose: Purpose | None = None
    is_doubtful: bool = False


HINT = re.compile(
    r"werb|reklame|newsletter|angebot|flyer|sperr|verteiler|mailing|marketing|prospekt|katalog|spam|abmeld|abbestell|austrag|rundmail|infomail|angebotsmail"
    r"|widersp|einwilligung|in ruhe|belaestig|umfrage|befragung|zufrieden|anruf|ruf|mehr|stop|unsubscribe|opt|advert|\bads?\b"
    r"|call|mail|more|again|promo|offer|consent|object|remove|take me|leave me|survey|list|interess|verschon|sonst|nichts|nix|nimmer|reklam|gutschein|gewinnspiel|rabatt|produkt|daten|kontakt|kei|koa|\bka\b|loesch"
)
"""Without any of these there is no objection, and nothing further is read."""
AD = (
    r"(?:\w*werb(?:ung|emails?|e-mails?|emailings?|epost|ebriefe?|eanrufe?|esms|enachrichten?|eprospekte?|ematerial|ezwecken?|emails|esendungen)?\b"
    r"|\w*werbung\w*|werbliche\w*|reklame|\w*newsletter\w*|rund(?:e-?)?mails?|rundschreiben|werbeflyer|flyern?|angebots-?(?:e-?)?mails?|info-?(?:e-?)?mails?|infopost"
    r"|\w*prospekte?n?\b|kataloge?n?\b|mailings?|marketing\w*|spam\w*|angebote\b|sonderangebote|aktionsmails?"
    r"|adverts?|advertising|advertisements?|ads|junk|promotions?|promotional \w+|promos?|offers|newsletters?|catalog(?:ue)?s?|flyers?|commercial \w+)"
)
POST = r"(?:e-?mails?|mails?|sms|nachrichten|post|briefe?|messages|texts|letters|emails?)"
GAP = r"(?:[\w'-]+,? ){0,5}?"
WISH = re.compile(
    r"\berwuenscht|\bbitte\b|\bmoecht|\bwill\b|\bwollen\b|\bwuensch|\bhaette|\bwuerde|\bverbitte|\bverzicht|\bschick|\bsend|\bzusend|\blass(?:en|t)?\b|\bunterlass"
    r"|\bbrauche|\binteressier|\bkein interesse|\bhoer|\bstell\w* .*\bein\b|\bwerft|\bwerfen|\bnie wieder|\bplease|\bpls\b|\bwant|\bwish|\bwould|\bdo not|\bdon.?t\b|\bstop"
    r"|\bbitten\b|\benough\b|\bneed|\binterested|\bverschon|\bverbiet|\buntersag|\bjeglich"
)
REPORT = re.compile(
    r"\b(?:bekomm|erhalt|erhielt|bekam|krieg|sehe|sah|stand|steht|war|ist|gibt|kam|kommt|finde|fand|received?|get|got|saw|was|is)\w*\b"
)
STRONG = re.compile(
    r"\berwuenscht|\bbitten\b|\bmoecht|\bwill\b|\bwollen\b|\bwuensch|\bplease|\bbitte\b|\bwant|\bwish|\bverbitte|\bverbiet|\buntersag|\bnie wieder"
)
NO_AD = re.compile(rf"\b(?:keine?n?|keinerlei|nie wieder|niemals wieder|ohne|no|no more|any(?: more)?|never) {GAP}{AD}")
NOT_MINE = re.compile(
    r"\b(?:wenn|falls|sollten|sofern) (?:sie|du|ihr)\b|\bif you\b|\bsie erhalten diese|\byou (?:are receiving|received)|\bclick here|\bhier klicken|\bklicken sie"
    r"|\bversehentlich|\baus versehen|\bby mistake|\bby accident|\baccidentally|(?<!nie )(?<!niemals )\bwieder (?:an|auf|ein)\b|\bkeine anderen?\b|(?<!nie )\bwieder (?:bekommen|erhalten|haben)|\b(?:re-?subscribe|sign me (?:back )?up)"
    r"|\bnicht (?:mehr )?(?:bekomm|erhalt|angekommen|gekommen)\w*,? (?:bitte|obwohl)|\baufkleber|\bschild(?:er)?\b|\bsticker|\bbriefkasten(?:schild|aufkleber)"
    r"|\bwerbung (?:machen|schalten|drucken|buchen|gestalten)|\b(?:machen|schalten|drucken|buchen) (?:\w+ )?werbung|\badblock|\bwerbeblock|\bwerbefrei"
    r"|\bkeine werbung,? (?:sondern|aber)|\b(?:dies|das|es|this|it)(?:'s)? (?:hier )?(?:ist|is|soll) (?:\w+ )?(?:keine werbung|no ad|not an ad)"
)
QUESTIONS_WHY = re.compile(
    r"^(?:\W*)(?:warum|wieso|weshalb|wann|wurde|war|ist|sind|bin|wo|why|when|was|is|did|am|have|has|bekomm\w*|erhalt\w*)\b.*\?$"
)
ALONE = re.compile(
    r"^\W*(?:(?:bitte|please|pls|sofort|umgehend|mich|hiermit|endlich) ){0,3}(?:stop(?:p)?(?: all)?|abmeld(?:en|ung)|abbestell(?:en|ung)|austragen|unsubscribe(?: me)?|opt[ -]?out|remove me|newsletter abmelden"
    r"|(?:bitte )?keine?(?: weitere)?n? (?:werbung|newsletter|reklame|prospekte?)(?: mehr)?|no (?:more )?(?:ads|advertising|newsletters?|spam|marketing)(?: any ?more)?)"
    r"(?:,? (?:bitte|danke|please|thanks|thank you))*\W*$"
)
LEAVES = [
    re.compile(
        rf"{AD} {GAP}(?:abbestell|abmeld|kuendig|stopp|einstell|einzustell|beend|loesch|deaktivier|abschalt|austrag|unsubscribe|cancel|stop)\w*"
    ),
    re.compile(
        rf"\b(?:abbestell|abmeld|abzumeld|abzubestell|stopp|stell|beend|austrag|auszutrag|kuendig|unsubscribe|opt(?:ing)? ?-?out|cancel|stop|end)\w* {GAP}{AD}"
    ),
    re.compile(rf"\bmeld\w* {GAP}(?:von |vom |aus ){GAP}{AD}(?:,? \w+){{0,3}} ab\b|\bbestell\w* {GAP}{AD} {GAP}ab\b"),
    re.compile(r"\b(?:please )?unsubscribe (?:me|us)\b|\b(?:want|like|wish) to (?:unsubscribe|opt[ -]?out)\b"),
]
LIST = r"(?:\w*verteiler\w*|\w*kartei\w*|werbedatei\w*|\w*mailing-?list\w*|adress-?liste|werbe-?liste|e-?mail-?liste|newsletter\w*|mailing|email list|distribution list|list)"
LISTS = [
    re.compile(
        rf"\b(?:aus|von|vom) {GAP}{LIST} {GAP}(?:nehm|nimm|streich|loesch|entfern|austrag|raus|heraus|abmeld|genommen|gestrichen|geloescht)\w*"
    ),
    re.compile(rf"\b(?:nehm|nimm|streich|loesch|entfern|trag)\w* {GAP}(?:aus|von|vom) {GAP}{LIST}"),
    re.compile(
        rf"\b(?:(?:take|remove|delete|drop|get) (?:me|us|my {GAP}) ?|(?:be|get) (?:taken|removed|deleted) ){GAP}(?:off|from|out of) {GAP}{LIST}"
    ),
]
LAW = [
    re.compile(r"\bwider(?:sprech|spruch)\w* (?:[\w'-]+,? ){0,12}?(?:\w*werb\w*|\w*marketing\w*|art(?:ikel)? 21\b)"),
    re.compile(r"(?:\w*werb\w*|\w*marketing\w*|\bart(?:ikel)? 21\b) (?:[\w'-]+,? ){0,8}?widersp(?:rech|ruch)\w*"),
    re.compile(
        r"\b(?:widerruf|entzieh|zurueckzieh|ziehe|nehme)\w* (?:[\w'-]+ ){0,3}?(?:\w*einwilligung|\w*zustimmung|\w*einverstaendnis)\w*"
    ),
    re.compile(
        r"\b(?:\w*einwilligung|\w*zustimmung|\w*einverstaendnis)\w* (?:[\w'-]+ ){0,8}?(?:widerruf|entzieh|zurueck)\w*"
    ),
    re.compile(r"\b(?:object|objecting|objection)\w* (?:to )?(?:[\w'-]+ ){0,10}?(?:marketing|advert\w*|promotion\w*)"),
    re.compile(r"\b(?:withdraw|revoke|withdrawing)\w* (?:[\w'-]+ ){0,3}?(?:consent|permission)"),
    re.compile(
        r"\b(?:untersage|verbiete|verbitte|unterlassen sie)\b (?:[\w'-]+,? ){0,8}?\w*(?:werb|marketing|newsletter)\w*"
    ),
]
ENOUGH = [
    re.compile(
        rf"{AD} (?:[\w'-]+,? ){{0,8}}?nicht (?:mehr|laenger|weiter)\b|\bnicht (?:mehr|laenger|weiter) (?:[\w'-]+,? ){{0,6}}?{AD}"
    ),
    re.compile(rf"\bkein(?:e|erlei)? interesse (?:mehr )?an {GAP}{AD}|{AD} (?:[\w'-]+,? ){{0,4}}?kein interesse"),
    re.compile(
        rf"\bnot? (?:[\w'-]+ ){{0,3}}?(?:want|wish|interested|need|like)\w* (?:[\w'-]+ ){{0,6}}?{AD}|\bdon't (?:[\w'-]+ ){{0,8}}?{AD}"
    ),
]
"""With a wish beside it: they are done with it."""
REFUSED = [
    re.compile(
        rf"\bschluss (?:jetzt )?mit {GAP}{AD}|{AD} {GAP}(?:nerv|belaestig|unterlass|zumutung|annoy|unerwuenscht|unwanted)\w*|\bunerwuenschte {AD}"
    ),
    re.compile(r"\b(?:darf|duerfen|duerft) (?:[\w'-]+,? ){0,8}?(?:nicht|kein\w*) (?:[\w'-]+,? ){0,6}?\w*werb\w*"),
    re.compile(
        rf"\bnicht einverstanden (?:[\w'-]+,? ){{0,6}}?{AD}|{AD} (?:[\w'-]+,? ){{0,8}}?nicht einverstanden|\bmit {GAP}{AD} (?:[\w'-]+,? ){{0,6}}?nicht einverstanden"
    ),
    re.compile(
        r"\bsperrliste\b|\brobinson-?liste\b|\bblacklist me\b|\bdo not contact list\b|\b(?:sperr|block)\w* {0}(?:fuer|gegen) {0}\w*werb\w*".format(
            r"(?:\w+ ){0,4}"
        )
    ),
    re.compile(
        rf"\b(?:cease|quit|end|stop) (?:all |any |your |the |with )*(?:the )?{AD}|{AD} (?:[\w'-]+,? ){{0,8}}?(?:make (?:them|it) )?stop\b"
    ),
    re.compile(
        rf"\bverzicht\w* (?:\w+ ){{0,4}}?auf {GAP}{AD}|\bauf {GAP}{AD} (?:\w+ ){{0,4}}?verzicht\w*|{AD} (?:\w+ ){{0,3}}?abzusehen|\babsehen von {GAP}{AD}"
    ),
    re.compile(
        r"\b(?:nutz|verwend|gebrauch|verarbeit)\w* (?:[\w'-]+,? ){0,8}?nicht (?:\w+ ){0,3}?(?:fuer|zu) (?:\w+ ){0,2}?\w*werb\w*"
    ),
    re.compile(rf"\b(?:moechte|will|wollen|wuensche) (?:\w+ )?nicht,? dass (?:[\w'-]+,? ){{0,6}}?{AD}"),
    re.compile(
        rf"\binteressier\w* (?:[\w'-]+,? ){{0,4}}?{AD} (?:\w+ ){{0,2}}?nicht\b|{AD} interessier\w* (?:mich|uns) (?:\w+ ){{0,2}}?nicht\b"
    ),
    re.compile(r"\b(?:delete|remove|take) (?:me|us) (?:from|off) (?:it|this|that|there)\b"),
    re.compile(
        rf"\b(?:do not|don.?t|never) (?:ever )?send (?:[\w'-]+ ){{0,4}}?{AD}|\benough of {GAP}{AD}|\bhow (?:do|can) (?:i|we) (?:unsubscribe|opt[ -]?out)"
    ),
    re.compile(
        rf"\bse(?:hen|ht|he) (?:sie |ihr )?(?:\w+ ){{0,3}}?von {GAP}{AD} ab\b|\bkeine?n? wert auf {GAP}{AD}|\brather not (?:[\w'-]+ ){{0,4}}?{AD}|{AD} (?:[\w'-]+,? ){{0,6}}?(?:moechte|will|wollen) (?:\w+ ){{0,3}}?nicht\W*$"
    ),
    re.compile(
        r"\bspam+(?:t|en|e)? (?:sie )?(?:mich|uns) (?:nicht|\w+ nicht)|\b(?:zu|voll) ?spammen|\bzuspammen|\bstop spamming"
    ),
]
"""Plain enough by itself."""
LEAVE_ME = [
    re.compile(
        rf"\b(?:schick|send|schreib|mail)\w* (?:sie |ihr )?(?:mir|uns) {GAP}(?:nichts|keine\w*(?: \w+)? {POST}) mehr\b(?! (?:auf|am|an|in|zum|bis|vor)\b)"
    ),
    re.compile(
        rf"\bkeine\w* (?:weiteren? )?{POST} (?:von ihnen |von euch |dieser art )?(?:mehr )?(?:bekommen|erhalten|haben)\b"
    ),
    re.compile(
        r"\b(?:hoer|hoeren|hoert)\w* {}auf,? .{{0,40}}(?:{}|zu (?:schicken|senden|mailen|nerven|belaestigen|bombardieren))".format(
            r"(?:\w+ ){0,4}", AD
        )
    ),
    re.compile(
        r"\blass(?:en|t)? (?:sie )?(?:mich|uns) (?:bitte |endlich |doch |damit |mit \w+ \w+ ){0,3}in (?:ruhe|frieden)\W*$"
    ),
    re.compile(
        r"\bmit (?:ihrer|eurer|der|dieser|weiterer|jeglicher) (?:\w+ )?(?:werbung|reklame|newsletter\w*) (?:in ruhe|verschon)\w*|\bverschon\w* (?:sie )?(?:mich|uns) .{0,40}werb"
    ),
    re.compile(
        r"\b(?:stop|quit|cease) (?:sending|emailing|e-mailing|mailing|texting|messaging|contacting|spamming|bothering) (?:me|us|my)\b"
    ),
    re.compile(
        rf"\b(?:do not|don.?t|never) (?:ever )?(?:send|email|mail|text|contact) (?:me|us) {GAP}(?:{AD}|any ?more|again)"
    ),
    re.compile(r"\bleave (?:me|us) alone\b"),
    re.compile(rf"\bno more (?:[\w-]+ )?{POST},? (?:please|from you)|\bplease,? no more (?:[\w-]+ )?{POST}"),
]
NOT_ELSEWHERE = re.compile(
    r"\bsondern\b|\bstattdessen|\bauf (?:dieser|der) nummer|\bunter (?:dieser|der)|\bbut (?:rather|call|use)|\binstead\b|\bunter der nummer"
)
NOT_TODAY = re.compile(r"\b(?:schreib|mail)\w* sie\b|\bkonnte\b|\bklingel|\bnimmt\b|\bakku\b|\bmorgen\b|\bheute\b")
CALLS = [
    re.compile(
        r"\bruf\w* (?:sie |ihr )?(?:mich|uns|hier|bei mir|bei uns) (?:[\w]+ ){0,3}?(?:nicht mehr|nie wieder|nicht wieder|niemals wieder) (?:[\w]+ ){0,4}?an\b"
    ),
    re.compile(
        r"\bkeine?n? (?:\w+ ){0,2}?(?:\w*anrufe?|telefonate|telefonwerbung) mehr\b|\bkeine (?:werbe-?anrufe|telefonwerbung)\b"
    ),
    re.compile(r"\bnicht mehr (?:zu werbezwecken )?angerufen werden\b|\bnicht mehr (?:\w+ ){0,3}anrufen\b"),
    re.compile(
        r"\b(?:stop|quit) calling (?:me|us)\b|\b(?:do not|don.?t|never) call (?:me|us) (?:again|any ?more)\b|\bno more (?:\w+ )?calls\b"
    ),
]
SURVEYS = [
    re.compile(
        rf"\b(?:keine?n?|nicht mehr|nie wieder|mit|no|no more|any more|stop sending) {GAP}(?:\w*umfragen?|\w*befragung(?:en)?|bewertungs(?:anfragen?|bitten?|mails?)|zufriedenheits\w+|surveys?|questionnaires?|feedback requests?)"
    ),
    re.compile(
        r"\bfrag\w* (?:sie )?(?:mich|uns) (?:bitte )?(?:nicht mehr|nie wieder|nicht staendig|nicht immer)\W+wie\b|\bstop asking (?:me|us) (?:how|for feedback)"
    ),
]
QUOTED = re.compile(
    r"„[^“”\"\n]{1,200}[“”\"]|“[^”\n]{1,200}”|»[^«\n]{1,200}«|«[^»\n]{1,200}»|\"[^\"\n]{1,200}\"|‚[^‘\n]{1,100}‘"
)
SENTENCE = re.compile(r"[^.!?;\n]+[.!?;]*")
ABBREVIATED = re.compile(r"\b(art|abs|z|b|d|h|nr|str|bzw|ggf|usw)\.", re.IGNORECASE)
ANSWERED = re.compile(r"^\s*(?:re|aw|fw|fwd|wg|antw)\s*:", re.IGNORECASE)
LONGEST = 6000


def objection_in(text: str, *, subject: str = "", answers_advertising: bool = False) -> Objection | None:
    """What the new words of a message object to; None where they object to nothing. A subject counts unless it is an old one.

    Under advertising of ours (`answers_advertising`) a bare no is one as well. What is plain goes before what is doubtful.
    """
    told = "" if ANSWERED.match(subject) else subject
    doubtful = None
    for sentence in _sentences(f"{told}\n{text}"):
        found = _heard(sentence)
        if found is not None and not found.is_doubtful:
            return found
        doubtful = doubtful or found
    return (_bare_no(text) if answers_advertising else None) or doubtful


def _bare_no(text: str) -> Objection | None:
    said = QUOTED.sub(" ", squeezed(text, 400))
    sure = is_bare_no(folded(said).replace("’", "'"))
    return None if sure is None else Objection(one_line(said, 400), is_doubtful=sure is Sure.DOUBT)


def _sentences(text: str) -> Iterator[str]:
    whole = QUOTED.sub(" ", squeezed(text, LONGEST))
    if not HINT.search(corrected(folded(whole))):
        return
    for found in SENTENCE.finditer(ABBREVIATED.sub(r"\1", whole)):
        if found[0].strip():
            yield found[0].strip()


def _heard(sentence: str) -> Objection | None:
    said = re.sub(r"\s+", " ", folded(sentence).replace("’", "'"))
    if NOT_MINE.search(said) or QUESTIONS_WHY.match(said):
        return None
    words = one_line(sentence, 400)
    if _any(SURVEYS, said) and WISH.search(said):
        return Objection(words, purpose=Purpose.SURVEY)
    if _any(CALLS, said) and not NOT_ELSEWHERE.search(said) and not NOT_TODAY.search(said):
        return Objection(words, way=Way.CALL)
    if _objects(said):
        return Objection(words)
    found = meant(said)
    return None if found is None else Objection(words, found[1], found[2], is_doubtful=found[0] is Sure.DOUBT)


def _objects(said: str) -> bool:
    if ALONE.match(said) or _any(LISTS, said) or _any(LAW, said):
        return True
    if _any(REFUSED, said) or (_any(ENOUGH, said) and STRONG.search(said)):
        return True
    if _any(LEAVE_ME, said) and not NOT_ELSEWHERE.search(said):
        return True
    return _leaves(said) or _wants_none(said)


def _leaves(said: str) -> bool:
    """The verb of leaving beside what is left; that somebody else ended it, or that it ended, is no wish."""
    is_told = re.search(
        r"\b(?:wurde|worden|hat sich|eingestellt worden|has been|were|was) ", said
    ) and not STRONG.search(said)
    return _any(LEAVES, said) and not is_told


def _wants_none(said: str) -> bool:
    """No advertising, as a wish or an order; whoever tells that none came does not wish for it."""
    if not NO_AD.search(said) or not WISH.search(said):
        return False
    return bool(STRONG.search(said)) or not REPORT.search(said)


def _any(patterns: list[re.Pattern[str]], said: str) -> bool:
    return any(pattern.search(said) for pattern in patterns)
