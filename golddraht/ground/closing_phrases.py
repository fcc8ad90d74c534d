"""The words and phrases with which people close a matter, German and English, dialects among them.

Patterns are read over folded text (lower case, ä as ae) without punctuation, a piece at a time.
"""

from __future__ import annotations

import re

from golddraht.ground.patterns import Pattern
from golddraht.ground.text import words
from golddraht.ground.understanding import HARMLESS, THANKFUL

# Phrases that tell of a good end, though a word of wishing or trouble is in them.
SETTLED = Pattern(
    r"\b(?:meine|die|unsere|alle) fragen? (?:hat|haben|ist|sind|waere|waeren) (?:\w+ ){0,3}(?:erledigt|geklaert|beantwortet)"
    r"|\bbeantwortet meine fragen?|\banswer(?:s|ed) (?:all )?my questions?|\b(?:genau )?das wollte ich wissen|\balles was ich wissen wollte"
    r"|\b(?:problem|fehler|thema) (?:ist |wurde |hat sich )?(?:\w+ )?(?:geloest|behoben|erledigt)|\b(?:problem|issue) (?:is )?(?:now )?(?:solved|fixed|sorted|resolved)"
    r"|\bnever mind|\bmacht (?:doch )?(?:gar )?nichts|\b(?:das |es )?(?:hilft|half) (?:mir|uns) (?:sehr |schon |wirklich |echt )*(?:weiter)?"
    r"|\b(?:haben?|hat) (?:mir|uns) (?:\w+ ){0,2}(?:geholfen|gerettet)|\b(?:ohne|keine) (?:probleme|fehler|beanstandung\w*)|\bfehlerfrei|\bproblemlos"
)
# Phrases that add nothing, though a word of wishing or trouble is in them.
ADDS_NOTHING = Pattern(
    r"\b(?:trotzdem|dennoch) (?=(?:vielen |herzlichen |besten )?dank)|(?<=danke) (?:trotzdem|dennoch)|\bthanks anyway|\bno worries"
    r"|\bfehler passieren|\b(?:kann|koennen) (?:ja )?(?:jedem |mal )?passieren|\bnicht (?:so )?(?:schlimm|der rede wert)"
    r"|\b(?:falls|wenn|sollte) ich (?:doch |noch |weitere |mal )*fragen (?:habe|haette|haben)|\b(?:keine|no) (?:weiteren |further |more )?(?:fragen|questions)"
    r"|\bich wollte (?:nur |mich )(?:kurz |mal |ihnen |einmal )*(?:sagen|(?=danke|bedanken))|\bjust wanted to (?:say|(?=thank))"
    r"|\b(?:wir|ich) wuenschen? (?=ihnen|euch|dir|allen|schoen|frohe|ein )|\b(?:wir|ich|und) melden? (?:uns|mich)(?: dann)?(?: wieder)?(?: bei ihnen| bei euch)?"
    r"|\b(?:angebot|rueckruf|refund|quote|erstattung) (?:ist )?(?:dankend )?(?:erhalten|eingegangen|bekommen|received|angekommen)"
    r"|\bhaben sie (?=(?:\w+ ){0,3}dank)|\b(?:dafuer )?(?:moechten?|wollten?) (?:ich|wir) (?:mich |uns |ihnen |euch )*(?:\w+ ){0,3}(?=(?:be)?danken)|(?<=fuer die )hilfe|(?<=fuer ihre )hilfe|(?<=fuer eure )hilfe"
    r"|\bdas wusste ich (?:noch )?nicht|\b(?:can|koennen|kann) ?(?:not|t|nicht|s|es)? (?:wait|kaum erwarten)|\bachso\b"
    r"|\bdas ging (?:ja )?(?:echt |wirklich )?(?:schnell|flott|fix)|\b(?:wir|ich) wuenschen? (?=\w+ noch)"
)
OPENING_SIGNS = frozenset("🙄😡😠🤬😤👎🤦😒😞😢😭😩😫🤷😕🙁☹💩🤮😳😅🤔😑😐🥶")
FRIENDLY_SIGNS = Pattern(r"[:;]-?[)D]|[\u2600-\u27bf\ufe0f\u200d\U0001f300-\U0001faff]")
PIECE = Pattern(
    r"[.!,;:\n()]+|\s[-–—]+\s|\s(?:und|and)\s(?=(?:bedank|dank|wuensch|thank|viel |alles gute|bis |schoen))"
)
SIGNED = Pattern(
    r"(?:\b(?:und|and)\s+)?(?:\b(?:viele[nr]?|liebe[nr]?|herzliche[nr]?|schöne[nr]?|freundliche[nr]?|beste[nr]?)\s+)?\bgr(?:ü|ue)(?:ß|ss)(?:e|le|li)?\b[\s,]*"
    r"(?:(?:aus|vom|von|from)\s+)?(?-i:(?:(?:Ihre?|Eure?|Dein)\s+)?(?:Fam(?:ilie|\.)\s+)?(?:[A-ZÄÖÜ][\w.-]*[\s,]*){0,4})$",
    re.IGNORECASE,
)
# The name below a letter, where no formula stands before it.
NAMED = Pattern(
    r"(?:\b(?:wünschen|wünscht)\s+)?(?:\b(?:[Ii]hre?|[Ee]ure?)\s+)?\b(?:Familie|Fam\.)\s+[A-ZÄÖÜ][\w-]+\W*$"
    r"|(?:^|(?<=[,.!\n]))\s*(?:Ihre?|Eure?|Dein[e]?)\s+[A-ZÄÖÜ][\w-]+(?:\s+[A-ZÄÖÜ][\w-]+)?\W*$"
    r"|\n\s*(?:[A-ZÄÖÜ][\w.-]*\s*){1,3}$"
)
SIGNATURE_LINE = Pattern(
    r"(?:i\.?\s?[AV]\.?\s+)?(?:[A-ZÄÖÜ][\w.&-]*[ ,|/-]*){1,5}|(?:tel|fax|mob|handy|phone|e-?mail|www|t:|m:)\S*.*|",
    re.IGNORECASE,
)

THANKING = frozenset(
    words(
        "danke dank dankeschoen dankesehr danki dangge dankschee dankscheen thanks thank thankyou thx thnx tx ty cheers merci merce"
        " mersi bedanke bedanken bedankt dankend vergelts vergelt dankbar appreciated dankee dankeee"
    )
)
GOOD = frozenset(
    words(
        """
        angenehm aufmerksam ausgezeichnet begeistert beste besten bestens brilliant einmalig einwandfrei erstklassig excellent
        fabelhaft fachkundig fantastic fantastisch fair fein feine flott freundlich freundliche freundlicher friendly geduldig
        gefreut geil gelungen genial gepflegt gruendlich great grossartig grossartige grosszuegig happy hervorragend hervorragende
        hilfreich hilfsbereit hoeflich klasse kompetent kompetente kind kulant lecker lieb lovely mega mollig nett nette netten netter
        nice ordentlich ordentliche perfect perfekt perfekte phantastisch phaenomenal prima professionell professional prompt puenktlich
        quick rasch reibungslos ruhig sauber saubere schnell schnelle schoen schoene sensationell spitze spitzenmaessig stark super
        superschnell supernett koestlich praechtig herrlich fleissig fleissige fleissigen bequem geschmackvoll liebevoll traum gedicht hammer wucht weltklasse dream delicious stunning tadellos tiptop toll tolle toller tolles tollen top traumhaft unkompliziert unschlagbar verlaesslich vorbildlich
        warm wonderful wunderbar wunderbare wundervoll wunderschoen zackig zufrieden zuverlaessig zuvorkommend amazing awesome
        helpful professional satisfied satisfying perfectly kulante herrlich gut guter gute leise dicht glücklich
        """
    )
)
STRENGTHENING = frozenset(
    words(
        "sehr so wirklich echt total absolut ganz richtig super mega einfach rundum aeusserst ausgesprochen ueberaus immer wieder alles"
        " alle auch und and very really so all absolutely jetzt nun again now heute grosses grosser grosse ein eine einen vom von mit"
    )
)
ADDRESSING = frozenset(
    words(
        "ihnen euch dir ihr sie team jungs maedels leute monteure herr frau damen herren nochmal nochmals schee vui moi"
    )
)
KNOWN = (
    HARMLESS
    | THANKING
    | GOOD
    | STRENGTHENING
    | ADDRESSING
    | frozenset(
        words(
            """
            vilen fielen vieln vielmal vilmal gott gotts schee ois guad guat basst tutti ordnung geklaert s beide achso digga lol herzen zeilen habs ichs hab verstehe ah oh aha wie vui
            rest hand euro bro digga leit jungs maedels freude freuen freue freu muehen aufwand geduld hilfsbereitschaft
            """
        )
    )
) - {"ja", "yes", "yep", "gern", "gerne", "aha"}
GLAD = (THANKFUL - THANKING - {"erledigt", "alles", "received", "angekommen", "arrived"}) | {"geklaert"}
AGREEING = frozenset(
    words(
        "ok okay oki okey passt basst klar gut ordnung perfekt perfect super prima geht alright fine good sounds deal abgemacht"
    )
)
YES = frozenset(words("ja jawohl jo joa jep yes yep yeah sure gern gerne einverstanden bitte"))

# What keeps a place from being free: questions, conditions, limits, parts and persons who act.
BARRED = (
    r"(?!(?:w(?:as|ann|er|en|em|ie|o|arum|ieso|eshalb|ohin|elche\w*)|wenn|falls|sobald|bis|ob|weil|dass|damit|dafuer|sonst|statt|anstatt|ausser|ohne"
    r"|noch|erst|erstmal|fast|kaum|halb\w*|halbwegs|teilweise|teils|zum|wasser|\w*geraeusch|geruch|frist\w*|klage\w*|\w*anzeige|schimmel|ein(?:e[nmrs]?)?|link\w+|recht\w+|ander\w+|obere?\w*|untere?\w*|nur|sogar|zwei\w*|drei\w*|wenigstens"
    r"|immerhin|zumindest|bisher|bislang|vorerst|momentan|derzeit|gerade|zwar|eigentlich|angeblich|laut|soll\w*|muess?t?e?\w*|muss|haett\w+|waer\w*|koenn\w*|kann"
    r"|wuerd\w*|wird|werd\w+|will|woll\w+|ja|es|man|doch|mal|brauch\w*|braeucht\w*|bitte|kein\w*|zu|alt\w*|offen|retour|sofern|only|when|if|until|unless|almost|half"
    r"|partly|one|two|three|old|not|without|except|could|would|should|will|may|might|need\w*|before|yet|and|but|or|oder|sondern|anders\w*|dann|danach|auf|hinter|vor|nach|\w*tags?|mittwochs?|morgens?|\w*mittags?|abends?|uhr|uebermorgen|termin\w*|vorschlag|preis|datum|\w*zeit|variante\w*|version"
    r"|modell|woche\w*|januar|februar|maerz|april|mai|juni|juli|august|september|oktober|november|dezember|\w+day|tomorrow|date|time|option|price|appointment)\b)"
)
FREE = rf"(?:{BARRED}[a-z]\w* )"
# In what somebody thanks for stand no verbs and no persons who act.
GIVEN = (
    r"(?!(?:ich|wir|man|es|er|i|we|he|she|they|ist|sind|war|waren|hat|haben|habe|hab|hatte\w*|wurde\w*|wird|is|are|was|were|has|have|had|kann|noch|nur|wann|wo|wie|was"
    r"|soll\w*|muss\w*|fuer|dass|wenn|falls|bis|ob|verstaendnis|kenntnisnahme|beachtung|bearbeitung|kuemmern|weiterleitung|weitergabe|pruefung|klaerung|beruecksichtigung"
    r"|veranlassung|umgehende\w*|baldige\w*|zeitnahe\w*|rasche erledigung|understanding|attention|consideration|sorting|looking|arranging|sending|ueberraschung"
    r"|bescherung|drei|zwei|vier|fuenf|wochen|monate|stunden|wartezeit|jahre\w*|brauch\w*|geht|ging|kommt|kam|steht|stimmt|oder|statt|zweite\w*|dritte\w*)\b)"
)
THINGS = rf"(?:{GIVEN}[a-z]\w*(?: |$)){{1,7}}"
DEFINITE = r"(?:die|den|das|der|de|diese\w*|ihre?[nrms]?|deine?[nrms]?|euer|eure[nrms]?|alles?|the|your|all|everything|this|that)"
THANKED_FOR = Pattern(
    rf"(?:\w+ ){{0,5}}?(?:danke\w*|dank|thanks|thank|merci|bedanken?|vergelts|gott)(?: \w+){{0,3}}?"
    rf"(?: (?:fuer|for) {DEFINITE} {THINGS}| (?:fuer|for) (?:confirming|explaining|replying|everything|alles|asking|letting me know|clarifying)(?: \w+){{0,2}}"
    r"| fuers? (?:schnelle? )?(?:bescheid(?: \w+)?|info\w*|nachfragen|nachschauen|vorbeikommen|reparieren|helfen|richten|gespraech|telefonat|angebot|paket|abholen|bringen|einbauen|anrufen)"
    rf"| (?:an|to) (?:die|den|das|alle|the|all|everyone|everybody|ihre\w*|eure\w*|your) {THINGS}| der nachfrage)\s*"
)
WELL = (
    r"(?: (?:wieder|jetzt|nun|wie|neu|geschmiert|vorher|ein|uhrwerk|kaetzchen|einwandfrei|perfekt|super|prima|bestens|gut|tadellos|sofort|alles|wunderbar|hervorragend"
    r"|problemlos|erledigt|reibungslos|endlich|auch|heute|gestern|auf anhieb|sehr|ganz|richtig|tiptop|top|toll|genau|rein|drauf|hin|gleich|seit gestern|again|now|fine|well|perfectly|great"
    r"|like new|like a dream|like a charm|properly|nicely|guad|weida|warm|leise|schoen|sauber|und|and|damit|sogar))*"
)
BE = r"(?:ist|san|is|sind|war|waren|wurde|wurden|are|was|were|s|bin|am)"
DONE = (
    r"(?:angekommen|kumma|kemma|okumma|eingetroffen|eingegangen|gelandet|erledigt|geloest|behoben|drin|montiert|repariert|in ordnung|in order|here|drauf|dran|dicht|heil|komplett|vollstaendig|gut|o k|ok"
    r"|arrived|fixed|sorted|resolved|solved|in (?:my|the) account|auf (?:dem|meinem) konto|verschwunden der fehler|installiert|aufgebaut|eingebaut|angeschlossen)"
)
DELIVERED = (
    r"(?:das|die|der|mein\w*|unser\w*|alle|alles|the|my|it|paket\w*|paeckchen|lieferung|ware|sendung|geraet|teil|ersatzteil\w*|geld|gutschrift|betrag|erstattung|unterlagen|beleg"
    r"|rechnung|maschine|waschmaschine|spuelmaschine|trockner|kuehlschrank|herd|ofen|fernseher|laptop|handy|drucker|thermostat|schluessel|gutschein|parcel|package|money|refund|documents)"
)
SUCCESS = Pattern(
    rf"(?:{FREE}{{0,5}}(?:laeuft|laufen|lief|laft|funktioniert|funktionieren|klappt|flutscht|faehrt|fahren|druckt|schmeckts?|rides|haelt|schnurrt|heizt|kuehlt|waescht|sitzt|works|working|runs|running|duad)|{FREE}{{1,5}}(?:passt|passen|stimmt|geht)|(?:jetzt |nun |wieder )*geht s){WELL}"
    rf"|{FREE}{{0,5}}(?:hat|haben|has) (?:\w+ )?(?:alles )?(?:sofort |gleich |super |prima |gut |jetzt |auch |wunderbar |tadellos |auf anhieb |bestens )*(?:geklappt|funktioniert|gepasst|geholfen|worked)"
    rf"|(?:mit {FREE}{{1,3}})?(?:es )?hat (?:es )?(?:sofort |gleich |super |prima |gut |wunderbar )*(?:geklappt|funktioniert|gepasst)"
    rf"|(?:{DELIVERED} )+{BE} (?:jetzt |nun |heute |gestern |gut |heil |alles |schon |bereits |endlich |all )*(?:da|here)(?: und heil)?"
    r"|(?:wieder |ist )?(?:back online|(?:schon |bereits )?(?:abgeholt|geholt))|habs? (?:ich |s |es )?(?:schon |bereits )?(?:abgeholt|geholt)|(?:ich |wir )?kann? wieder (?:telefonieren|fahren|sehen|hoeren|duschen|heizen|kochen|arbeiten|schlafen)"
    rf"|{FREE}{{0,4}}geklaert|(?:ich |wir )?(?:hab|habe|haben) (?:die |meine )?(?:antwort|loesung) (?:inzwischen |schon |selbst )*gefunden|i (?:have )?(?:figured|sorted|worked) it out"
    r"|alles (?:wieder |jetzt |nun |nun wieder )*(?:in ordnung|bestens|warm|dicht|heil)"
    rf"|{FREE}{{0,5}}{BE} (?:jetzt |nun |wieder |heute |gestern |gut |heil |wohlbehalten |alles |schon |bereits |sicher |endlich |all |now |safely |today )*{DONE}{WELL}"
    rf"|(?:heute|gestern|gut|heil|wohlbehalten|alles|sicher|it|all|arrived|angekommen)(?: (?:heute|gestern|gut|heil|wohlbehalten|alles|today|safely|safe|and|sound|well|und|ganz|arrived|angekommen|da|dicht|warm|fixed|sorted|wieder|jetzt))+"
    rf"|{FREE}{{0,4}}{BE} (?:wieder |jetzt |nun |endlich |alle |mollig |schoen |all )*(?:warm|dicht|leise|heil|sauber|trocken)"
    rf"|(?:ich )?hab(?:e|en)?(?: \w+)? (?:es |s |den fehler |das problem )?(?:jetzt |schon |selbst )*(?:gefunden|hinbekommen|geschafft|hingekriegt)|geschafft|fixed it(?: myself)?(?: now)?"
)
RECEIVED = Pattern(
    rf"(?:ich |wir )?(?:habe?n? |hab |have |i ve )?{FREE}{{0,4}}(?:habe? ich |haben wir )?(?:bereits |heute |gestern |gut |eben |gerade )*(?:erhalten|bekommen|empfangen|received|gelesen|eingegangen|angekommen|arrived)(?: heute| today)?"
)
NOTED = Pattern(
    r"(?:ich |wir )?(?:habe?n? |hab |ist |is )?(?:ich |wir |das |es |ichs |s |so |jetzt |mir )*(?:notiert|verstanden|vermerkt|eingetragen|abgespeichert|kapiert|noted|understood)"
    r"|(?:zur )?kenntnis genommen|eingang bestaetigt|got it|(?:ich )?weiss (?:ich )?bescheid|(?:ist |steht )(?:schon )?(?:im|in meinem) kalender|good to know|gut zu wissen|makes sense"
)
MOOT = Pattern(
    r"(?:das |es |ois |die sache |die angelegenheit |alles |mein anliegen |das thema )?(?:hat|haben|hod|ist|waere|has) (?:sich )?(?:\w+ ){0,3}(?:erledigt|geloest|geklaert|gloest|von selbst)"
    r"|(?:all )?sorted|erledigt(?: erledigt)*|(?:all )?solved"
)
PRAISED_THING = Pattern(
    rf"(?:(?:{FREE}{{1,6}}|(?:es|das|alles|it|that|everything) ){BE}|{FREE}{{0,5}}(?:sieht|sehen|schaut|looks?|schmeckte?n?)) "
)
HAD_GOOD = Pattern(r"(?:ich|wir|we|i) (?:hatten|hatte|had) (?P<what>(?:\w+ ){1,4}\w+)")
PRAISED_BY_CUSTOM = Pattern(
    r"wie (?:sehr )?(?:zufrieden|gluecklich|begeistert|dankbar) (?:ich|wir)(?: \w+){0,5} (?:bin|sind|war|waren)"
    r"|(?:und )?(?:machen? |macht )?(?:sie )?(?:nur )?weiter so|keep it up|(?:gerne|immer) wieder(?: gerne)?|sehr zu empfehlen"
)
COURTESY = Pattern(
    r"(?:sehr )?(?:gern|gerne) geschehen|bitte ?schoen|bitte sehr|keine ursache|gleichfalls|ebenso|ebenfalls|(?:wuensch\w* )?(?:ich )?(?:ihnen|dir|euch) auch|you too|likewise|gleichfois|same to you"
    r"|(?:ich |wir )?freuen? (?:mich|uns)(?: (?:schon|sehr|drauf|darauf))*(?: (?:ueber|auf) (?:die|den|das) (?:zusage|urlaub|aufenthalt|besuch|abend|feier|fest))?|(?:es )?(?:hat )?(?:mich|uns) (?:sehr |sehr sehr )?gefreut|ich freu mich|freu mich|looking forward(?: to it)?|(?:great |ok )?(?:see you|wir sehen uns|seh ma uns)(?: (?:dann|then|am|on|soon|tomorrow|morgen|monday"
    r"|tuesday|wednesday|thursday|friday|saturday|montag|dienstag|mittwoch|donnerstag|freitag|samstag))*|(?:ich |wir )?(?:weiss|wissen) (?:das|es)(?: \w+){0,2} zu schaetzen"
)
FAREWELL = Pattern(
    r"(?:dann |also |na dann |und |dann also )*bis (?:zum |naechsten |am )?(?:dann|bald|morgen|spaeter|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|naechste woche|demnaechst"
    r"|then|soon|tomorrow|later|monday|tuesday|wednesday|thursday|friday|saturday|sunday|frueh|uebermorgen)(?: frueh| morning| vormittag| nachmittag)?"
    r"|schwamm drueber"
)
SEES_TO_IT = Pattern(
    r"(?:(?:ich|wir) )?(?:schau\w*|sehen?|ueberleg\w*|pruef\w*|besprech\w*|schlafen?) (?:ich |wir )?(?:es |das |uns |mir |mal |in ruhe |zuhause |daheim |darueber |druebr |intern )+(?:an|durch|nach)?(?: und)?(?: so)?"
    r"|(?:ich|wir) (?:les|schau|geb|sag|richt)\w* (?:es|das) (?:so )?(?:aus|weiter)"
)
FESTIVE = Pattern(
    r"\b(?:weihnacht\w*|ostern|oster\w+|pfingst\w*|feiertage?n?|fest|fest[te]age|rutsch|neu(?:es|en) jahr\w*|jahreswechsel|advent\w*|silvester|christmas|new year|easter|holidays"
    r"|geburtstag|jubilaeum|firmenjubilaeum|glueckwunsch|glueckwuensche|wochenende|feierabend|abend|sonntag|tag|woche|urlaub|sommer|weekend|day|evening|zeit|alles gute|jahr)\b"
)
WELL_WISHING = Pattern(
    r"\b(?:froh\w*|schoen\w*|guten|gutes|besinnlich\w*|erholsam\w*|gesegnet\w*|ruhig\w*|geruhsam\w*|herzlich\w*|alles gute|wuensch\w*|merry|happy|nice|great|have a|enjoy|angenehm\w*|gemuetlich\w*)\b"
)
WISHED = frozenset(
    words(
        "gesundes gesegnete allen zusammen wuenscht ihnen ihrem ihrer zum zur auch noch ebenfalls und and of all to you your family team familie lieben kommende neue jaehrigen start ins in gesund bleiben hineinrutschen guten rutsch einen noch dem der"
    )
)
PRAISED = frozenset(
    words(
        "aus bei unserem kompliment respekt gearbeitet gemacht erklaert beraten geholfen repariert montiert geworden gelaufen abgelaufen geklappt laden beratung arbeit service"
        " team monteur monteure mitarbeiter mitarbeiterin geschaeft firma leute kundendienst qualitaet geraet techniker shop job leistung"
        " betreuung aktion staff people work stay tage aufenthalt abend essen urlaub time handwerker handwerk bedienung lob an die den das und preis geschenkt"
    )
)

AGREED = Pattern(
    r"(?:so )?machen wir(?: das| es)?(?: so)?|so machen wir(?: das| es)?|(?:bleibt |bleibt s )?(?:also |dann )?wie (?:besprochen|vereinbart|ausgemacht)|bleibt (?:also |dann )?(?:so|dabei)|alles (?:klar|roger)"
    r"|schon (?:gut|ok|okay|in ordnung|vergessen)|no problem|kein (?:problem|thema|ding)"
)

# Subjects of what we proposed, and of errands that “hat sich erledigt” may call off.
PROPOSAL = Pattern(
    r"angebot|vorschlag|kostenvoranschlag|\bkva\b|quote|\boffer|estimate|proposal|freigabe|approval|rueckfrage|\bfrage an|welche|question for|entscheidung"
)
SATISFACTION = Pattern(
    r"geloest|zufrieden|solved|satisf|resolved|geholfen|feedback|umfrage|survey|bewertung|alles (?:gut|ok|in ordnung)|how did we do|wie war"
)
ERRAND = Pattern(
    r"termin|auftrag|bestell|liefer|abhol|kauf|angebot|vertrag|buchung|reservier|montage|einbau|wartung|appointment|\border|booking|delivery|pickup|visit|besuch"
)
KIND_SUBJECT = Pattern(
    r"(?:(?:ein )?(?:grosses|dickes|riesen|kleines|herzliches)? ?lob(?: .*)?|(?:\w+ )*danke?(?: \w+)?|merci|danksagung|dankeschoen|\w*gruesse?|\w*wuensche|praise|compliments?|well done|glueckwunsch\w*|frohe\w* \w+"
    r"|(?:season s|christmas|easter) greetings|weihnachten|ostern|thank you|thanks|super service|toller service|jubilaeum|begeistert|zufrieden|bewertung abgegeben|kompliment|5 sterne)"
)
