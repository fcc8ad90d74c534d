"""What a customer's words say on their face: a question, a wish, trouble, or nothing but thanks.

Everything works on the new text of a message, without quotation and signature. Patterns are read
over folded text (lower case, ä as ae), German and English.
"""

from __future__ import annotations

import re
from functools import lru_cache

from golddraht.ground.text import ELLIPSIS, folded, one_line, squeezed, words

RESTATED_LENGTH = 200
LONGEST_THANKS = 1000
LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)

QUESTION = re.compile(
    r"(?:^|[\n.!;:,]\s*|\b(?:und|also|aber|and|so|but|ob|wissen|fragen|frage|know|ask|wonder)\s+)"
    r"(?:wann|wie (?!gewuenscht|immer|besprochen|vereinbart|versprochen|erwartet|angekuendigt)|wo |was "
    r"|warum|wieso|weshalb|wer |welche|wohin|woher|wozu|wieviel|inwiefern|ob "
    r"|(?:kann|koennen|koennt|koennten|koenntet|koennte|koenntest|darf|duerfen|duerfte|wuerden|wuerdet"
    r"|haben|habt|hat|hast|haetten|sind|ist|gibt|wird|werden|muss|soll|sollen|bieten|fuehren|kommt)"
    r" (?:ich|wir|sie|ihr|du|man|es|das|die|der|mir|mein|meine|denn|jemand|bitte)\b"
    r"|(?:when|where|why|who|how|which|what|whether|any (?:news|update|chance|idea))\b"
    r"|(?:can|could|would|will|may|should|do|does|did|is|are|has|have|am)"
    r" (?:i|we|you|it|there|this|that|the|my|they|somebody|someone|anyone)\b)"
)
WISH = re.compile(
    r"\bbitte(?:n|t)?\b|\bplease\b|\bpls\b|\bkindly\b"
    r"|\b(?:ich|wir) (?:moechten?|will|wollen|wollten?|wuerden?|haetten?|brauchen?|benoetigen?|suchen?"
    r"|wuensche|erwarten?|fordern?|fordere|verlangen?|warten?|vermissen?|kuendigen?|widerrufen?|widerspreche"
    r"|stornieren?|storniere|reklamieren?|frage|bestellen?|bestelle|interessier|ueberlege|kaeme|hoffe)"
    r"|\b(?:moechten?|brauchen?|benoetigen?|haetten? gern|wuerde gern|interesse an|interessiere)\b"
    r"|\b(?:melden|rufen|schicken|senden|sagen|geben|teilen|nennen|erklaeren|pruefen|kuemmern|holen) sie\b"
    r"|\b(?:melde|ruf|schick|sende|sag|gib|meldet|ruft|schickt|gebt|sagt|kuemmert)\b.{0,12}\b(?:dich|euch|mich|mir|uns)\b"
    r"|\b(?:um|auf) (?:eine? |einen |ihren? |eure |baldige |schnelle |kurze )*"
    r"(?:rueckruf|antwort|rueckmeldung|hilfe|info|auskunft|angebot|termin|nachricht|bestaetigung|erstattung|klaerung|reaktion)"
    r"|\bi(?:'d|’d| would)? (?:like|love|prefer|need|want|wish|expect|demand|request|wonder)\b"
    r"|\b(?:i am|i'm|i’m|we are|we're|still) (?:looking|waiting|wondering|interested|hoping)"
    r"|\blet me know\b|\bget back to\b|\bcall me\b|\bsend me\b|(?<!your )(?<!great )(?<!wonderful )\bhelp\b|(?<!schnelle )(?<!tolle )(?<!grosse )(?<!super )\bhilfe\b|\bdringend|\burgent"
    r"|\bkuendig|\bwiderruf|\bstornier|\bstorno\b|\breklam|\bumtausch|\btauschen\b|\bruecksend|\bretour"
    r"|\berstatt|\brueckruf\b|\bangebot\b|\btermin (?:verschieb|aender|absag|verleg)|\bcancel|\brefund"
    r"|\breturn(?:ing)? (?:it|the|this|my)\b|\bexchange\b|\bquote\b|\bcomplain|\bbeschwer|\bfragen? (?:zu|habe|haette)\b"
    r"|\bwaer(?:e|en|s)?\b|\bwuerden? (?:mich|uns) (?:\w+ ){0,3}freuen|\bbraeuchten?\b"
    r"|\bund (?:jetzt|nun)\W*$|\bso now what\b|\bfrage\b|\bquestion\b|\bim voraus\b|\bin advance\b|\bvorab (?:vielen )?dank|\bwarte\b|\bsagen ab\b|\bsage ab\b"
)
TROUBLE = re.compile(
    r"\bnein\b|\bno\W*$|\bnicht\b(?! noetig| mehr noetig| zu danken)|\bkeine?[nmrs]?\b(?! (?:problem|fragen mehr|weiteren? fragen|ursache))"
    r"|\bleider\b|\baber\b|\bnur\b|\bjedoch\b|\bnichts\b|\bnie\b|\bniemand\b|\bimmer noch\b|\bschon wieder\b|\bobwohl\b|\btrotzdem\b"
    r"|\bdefekt|\bkaputt|\bfehlt|\bfehlen\b|\bfehler|\bfalsch|\bbeschaedigt|\bschaden|\bzerbrochen|\bgebrochen"
    r"|\b(?<!kein )problem|\bverspaet|\bzu spaet\b|\bunverschaemt|\bfrech|\bschlecht|\bmies|\baerger|\benttaeusch|\bunzufrieden"
    r"|\bsauer\b|\bzumutung|\bmahnung|\banwalt|\bwarte(?:n|t)? \b|\bundicht|\btropft|\bleckt\b|\bstinkt|\brostet|\bkratzer"
    r"|\bausgefallen|\bausfall|\bgesperrt|\bdoppelt|\bzu (?:viel|hoch|wenig|klein|gross|kurz|lang|laut)\b|\bvergessen|\bverschwunden|\bseit \d"
    r"|\bnot\b(?! necessary)|n['’]t\b|\bno (?!problem|worries|further|need)|\bnever\b|\bstill\b|\bbut\b|\bhowever\b|\bunfortunately\b|\bthough\b"
    r"|\bohne\b(?! (?:probleme?|fehler|abzug|beanstandung|weiteres|umstaende))|\b(?:eis)?kalt(?:e[nrs]?)?\b|\bnass(?:e[nrs]?)?\b|\bwartezeit|\bumsonst\b|\bvergeblich"
    r"|\bmurks|\bpfusch|\bschrott|\bkatastroph|\bchaos|\bsaftladen|\babzocke|\bbetrug|\bverarsch|\bnervt?\b|\bschade\b|\bmangel(?:haft)?\b|\bmaengel|\bdelle|\bbeule|\brisse?\b|\bgerissen"
    r"|\bbroken|\bdamaged|\bmissing|\bwrong|\blate\b|\bfail|\bdefect|\berror|\bissue|\bfault|\bdisappoint|\bangry|\bunhappy"
    r"|\bterrible|\bawful|\bworse|\bworst|\bonly\b|\bagain\b|\blawyer|\bcharged\b|\btwice\b|\bna toll\b|\bschoenen dank auch\b|\bthanks for nothing\b"
)

THANKFUL = frozenset(
    words(
        """
        alles amazing angekommen appreciated arrived ausgezeichnet awesome bedanke bedanken bestens
        brilliant cheers dank danke dankend dankeschoen erledigt excellent fantastic freut
        funktioniert geklappt genial great happy hervorragend klasse lob lovely merci perfect
        perfekt prima received solved sorted spitze super supi thank thanks thankyou thx toll tx ty
        wonderful worked works wunderbar
        """
    )
)
HARMLESS = THANKFUL | frozenset(
    words(
        """
        a abwicklung advice again all alle allen alright am an and angelegenheit angenehmen
        anleitung antwort arbeit are auch auf auskunft bald be been bei beim bekommen bemuehungen
        beratung bescheid best bestaetige bestaetigung besten bin bis bleiben bleibt confirmation
        cool credit da damit dankend dann das dass day days dear delivery den der des dich did die
        dir du echt ein eine einen einfach empfang er erhalt erhalten erklaerung ersatz ersatzteil
        erstattung es euch eure eurer everything explanation fast feierabend feiertage fine folks
        for fragen freundliche freundlichen frohe frohes fuer further ganz ganze gefreut geholfen
        geht gelaufen geld gelungen gemacht genau geraet gern gerne gesucht geworden ging
        gleichfalls good got grosses gruss gut gute guten gutschein gutschrift guys habe haben had
        hallo has hat have helfen hello help helpful herzlich herzliche herzlichen heute hi hier
        hiermit hilfe hilfreich hilft hinweis i ich ihm ihnen ihr ihre ihrem ihren ihrer ihrerseits
        im immer in info information instructions is ist it item its ja jahr jetzt kein keine kind
        klar kulante kulanz kundendienst kundenservice let lieb liebe lieben lieferung link links
        lot lots m mail mal many me melde mich mir mit moin money monteur monteure much muehe my
        nachricht necessary need nett nette netten netter neues nice nichts no nochmal nochmalige
        nochmals noetig noted now nun of ok okay on ostern package paket parcel part passt problem
        prompt prompte questions quick rasche raschen really receipt refund reibungslos replacement
        reply rueckmeldung schnell schnelle schnellen schneller schnelles schoen schoene schoenen
        schoenes see sehr seid service sie sind so support tag tage tausend team technician
        techniker teil termin that the this tip tipp to today tolle tollen toller top trick und
        unkompliziert unkomplizierte unkomplizierten uns unterstuetzung update verstanden very viele
        vielen vielmals von war ware was we weekend weihnachten weitere weiteren well welt were
        wieder wir wirklich wissen with wochenende wonderful work world worries wuensche wuenschen
        wunderschoen wunsch yep yes you your yours zeit zu zufrieden zum
        """
    )
)
CLOSING = re.compile(
    r"(?:^|(?<=[.!,])[ \t]+)\s*(?:(?:mit )?(?:den )?(?:vielen?|freundliche[nr]?|herzliche[nr]?|liebe[nr]?|beste[nr]?|schöne[nr]?|sonnige[nr]?)"
    r"\s+(?:und \w+ )?gr(?:ü|ue)(?:ß|ss)\w*|gru(?:ß|ss)|gr(?:ü|ue)(?:ß|ss)e|lg|vg|mfg|bg|hg|kind(?:est)? regards|best regards|best wishes"
    r"|regards|sincerely|yours (?:sincerely|faithfully|truly)|cheers|best|hochachtungsvoll|servus|ciao|tschüss|--)(?=[\s,!.]|$)",
    re.MULTILINE | re.IGNORECASE,
)
GREETING = re.compile(
    r"^\s*(?i:sehr geehrte[rs]?|liebe[rs]?|hallo|hi|hey|guten (?:tag|morgen|abend)|moin(?: moin)?|servus|gr(?:ü|ue)(?:ß|ss) gott"
    r"|gr(?:ü|ue)(?:e)?zi|hello|dear|good (?:morning|afternoon|evening)|to whom it may concern|werte[rs]?)"
    r"(?:[ ,]+(?:(?i:damen|und|herren|herr|frau|liebes|zusammen|team|leute|alle|dr\.|prof\.|mr\.?|mrs\.?|ms\.?|sir"
    r"|or|madam|sirs|all|there|everyone|support|customer|service|ihr|lieben)|[A-ZÄÖÜ][\w-]+)){0,6}?\s*"
    r"(?:[,!.:–-]+(?=\s)|\n|$)\s*"
)
PLEASANTRY = re.compile(
    r"^(?:ich hoffe|i hope|hope you|mein name ist|my name is|ich heisse|vielen dank fuer ihre|danke fuer|thank you for|thanks for"
    r"|wie geht|how are you|erst\w* mal danke|guten tag|hallo|hello|hi\b|ich bin (?:seit|langjaehrig)|i have been a)"
)
# Thanks for help already given; "danke für eine schnelle Antwort" is a wish and stays one.
THANKS_FOR = re.compile(
    r"\b(?:danke?|dank|thanks|thank you)(?: (?:\w+ ){0,3}(?:fuer|for) (?:die|den|das|ihren?|deine?n?|eure?n?|your|the|all)"
    r" (?:\w+ ){0,4}(?:hilfe|help|antwort|reply|rueckmeldung|rueckruf|auskunft|termin|angebot|quote|refund|erstattung)\b"
    r"| (?:so much )?again\b| nochmals?\b)"
)
SALUTED = re.compile(
    r"\b(?:Herrn?|Frau|Mr\.?|Mrs\.?|Ms\.?)\s+(?:Dr\.\s+)?[A-ZÄÖÜ][\w-]+"
    r"|(?<=Danke )[A-ZÄÖÜ][\w-]+(?=[,!.])|(?<=Thanks )[A-Z][\w-]+(?=[,!.])|(?<=Thank you )[A-Z][\w-]+(?=[,!.])"
)
PIECE = re.compile(r"[^.!?\n]{1,300}[.!?\n]*|[.!?\n]+")
SENT_FROM = re.compile(r"^(?:gesendet von|von meinem|sent from|get outlook).*$", re.IGNORECASE | re.MULTILINE)
ABBREVIATED = re.compile(
    r"(?:\b(?:nr|no|str|ca|bzw|dr|prof|hr|fr|tel|evtl|ggf|inkl|zzgl|usw|etc|mr|mrs|ms|st|z\.\s?b|d\.\s?h|u\.\s?a|bestell-nr)|\b\d{1,2}|\b[a-z])\.$",
    re.IGNORECASE,
)
REPLY_MARK = re.compile(r"^\s*(?:(?:re|aw|antw|wg|fwd?|tr|sv)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
NUMBER_MARK = re.compile(r"\[#?[0-9 -]+\]")

ORDER_WORD = re.compile(
    r"(?:bestell|auftrags?|order|purchase|rechnungs?|invoice|liefer|vorgangs?|kauf)"
    r"(?:ung|schein|beleg)?s?[\s-]*(?:nummer|nr\.?|no\.?|number|id|num\.?)?\s*"
    r"(?:ist|lautet|is|mit der nummer|nr\.?|no\.?|number|nummer)?\s*[:#]?\s*#?\s*"
    r"((?=[A-Z0-9/-]*[0-9]{3})[A-Z0-9]{1,}(?:[-/][A-Z0-9]+){0,3})\b",
    re.IGNORECASE,
)
ORDER_SHAPE = re.compile(
    r"(?<![\w#+/.,-])(?!(?:19|20)\d{2}-(?:19|20)?\d{2}\b(?!\d))([1-9][0-9]{1,3}-[0-9]{4,8}(?:-[0-9]{3,8})?)(?![\w-]|[.,]\d)"
)


def asks_something(text: str) -> bool:
    """Whether there is a question or a wish in it. When in doubt there is."""
    said = THANKS_FOR.sub(" ", readable(text))
    return "?" in LINK.sub(" ", text) or bool(QUESTION.search(said)) or bool(WISH.search(said))


def names_trouble(text: str) -> bool:
    """Whether something is wrong, missing, late or contradicted. When in doubt it is."""
    return bool(TROUBLE.search(THANKS_FOR.sub(" ", readable(text))))


@lru_cache(maxsize=16)  # Every rule reads the same few texts.
def readable(text: str) -> str:
    """The text as the patterns read it: folded, without links, of bounded length."""
    return folded(LINK.sub(" ", squeezed(text)))


def pieces(said: str) -> list[str]:
    """The text cut at the ends of sentences and lines, no piece longer than 300 signs."""
    return PIECE.findall(said)


def is_thanks_only(text: str) -> bool:
    """Whether somebody only thanks or confirms: "Danke!", "Vielen Dank, hat geklappt".

    Every word must be known to be harmless, so anything unusual counts as more than thanks.
    """
    if len(text) > LONGEST_THANKS or asks_something(text) or names_trouble(text):
        return False
    said = words(without_closing(SALUTED.sub(" ", without_greeting(SENT_FROM.sub("", text)))))
    if not said:
        return is_nod(text)
    return len(said) <= 40 and not THANKFUL.isdisjoint(said) and HARMLESS.issuperset(said)


def is_nod(text: str) -> bool:
    """A greeting or sign without words, such as a thumb raised."""
    return any(sign in text for sign in "👍🙏😊👌❤🙂😀🎉✅💯") and not words(text)


def without_greeting(text: str) -> str:
    return GREETING.sub("", text, count=1)


def without_closing(text: str) -> str:
    """The text up to its closing formula, where only a name follows."""
    for closing in CLOSING.finditer(text):
        if is_name(text[closing.end() :]):
            return text[: closing.start()]
    return text


def is_name(text: str) -> bool:
    names = text.replace(",", " ").split()
    return len(names) <= 5 and all(name[0].isupper() for name in names)


def sentences(text: str) -> list[str]:
    """The sentences of a text, each on one line; blank lines end a sentence, single ones do not."""
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text):
        found += paragraph_sentences(" ".join(paragraph.split()))
    return found


def paragraph_sentences(paragraph: str) -> list[str]:
    found: list[str] = []
    begins = 0
    for end in re.finditer(r"[.!?…]+[\"“”»)]*\s+", paragraph):
        if not ABBREVIATED.search(paragraph[max(begins, end.end() - 12) : end.end()].rstrip()):
            found.append(paragraph[begins : end.end()].strip())
            begins = end.end()
    return [*found, paragraph[begins:]] if paragraph[begins:].strip() else found


def restated(text: str, subject: str = "") -> str:
    """One sentence that gives the concern back in the customer's own words, at most 200 signs.

    The first sentence with a meaning behind greeting and pleasantries, else the subject, else "".
    """
    said = squeezed(text, 5000)
    meaningful = (one for one in sentences(without_greeting(said)) if is_meaningful(one))
    chosen = next(meaningful, "") or bare_subject(subject) or next(iter(sentences(said)), "")
    return one_line(chosen.rstrip(" ,;:"), RESTATED_LENGTH)


def is_meaningful(sentence: str) -> bool:
    said = folded(sentence)
    return (
        len(words(said)) >= 3
        and not PLEASANTRY.match(said)
        and not CLOSING.match(sentence)
        and not is_thanks_only(sentence)
    )


def bare_subject(subject: str) -> str:
    """The subject without reply marks and conversation number."""
    bare = NUMBER_MARK.sub(" ", REPLY_MARK.sub("", squeezed(subject, 1000)))
    return " ".join(bare.split()).strip(ELLIPSIS)


def is_reply_subject(subject: str) -> bool:
    return REPLY_MARK.match(squeezed(subject, 1000)) is not None


def order_numbers_in(text: str) -> tuple[str, ...]:
    """Order and invoice numbers as written ("88-2041", "4711"), each once, in their order."""
    searched = LINK.sub(" ", squeezed(text))
    hits = [*ORDER_WORD.finditer(searched), *ORDER_SHAPE.finditer(searched)]
    numbers = (hit[1].upper() for hit in sorted(hits, key=lambda hit: hit.start(1)))
    return tuple(dict.fromkeys(numbers))
