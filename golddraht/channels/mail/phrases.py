"""What mail programs write around quotations and below letters, in German, English, French, Italian, Dutch, Polish."""

from __future__ import annotations

import re

VERBS = r"schrieb(?:en)?(?: sie)?|wrote|a écrit|ha scritto|schreef|napisał(?:a|\(a\))?|pisze|geschrieben|geschreven"
_QUOTING = r"zitat von|quoting|citando"
# “W dniu …, Anna pisze:” and the like; asked of the whole text before any line is looked at.
ANY_VERB = re.compile(rf"{VERBS}|écrit\b|napisana przez|{_QUOTING}", re.IGNORECASE)
DAYS = (
    r"(?:mo|di|mi|do|fr|sa|so)(?:\w*[.,]|\w*tag\b|ttwoch\b)|(?:mon|tue|wed|thu|fri|sat|sun)\w*[.,]?|(?:lun|mar|mer|jeu|ven|sam|dim)\w*[.,]?"
    r"|(?:gio|sab|dom)\w*[.,]?|(?:ma|di|wo|do|vr|za|zo)\b\.?|(?:pon|wt|śr|czw|pt|sob|niedz|nie)\w*[.,]{1,2}"
)
ATTRIBUTION_START = re.compile(
    rf"^\s*(?:>\s*)?(?:(?:am|on|le|el|il|op)\b|w dniu\b|dnia\b|(?:{DAYS}) |\d{{1,2}}[./-]\s?\d|\d{{4}}-\d\d-\d\d"
    rf"|wiadomość napisana przez\b|(?:{_QUOTING})\b|[\w\"„].{{0,80}}(?:{VERBS})(?!\w))",
    re.IGNORECASE,
)
ATTRIBUTION = re.compile(
    rf"(?:(?<!\w)(?:{VERBS}|a écrit|hat .{{0,120}}geschrieben|heeft .{{0,120}}geschreven)(?!\w)|^\s*(?:wiadomość napisana przez|{_QUOTING})\b)"
    r"[^\n]{0,200}:\s*$",
    re.IGNORECASE,
)
DATED_START = re.compile(
    rf"^\s*(?:am|on|le|il|op|w dniu|dnia|\d|(?:{DAYS})|wiadomość napisana)(?:\b|(?<=[.,]))", re.IGNORECASE
)
# A person tells a story: “Am 3. März 2026 um 10:15 schrieb mir Ihr Kollege: …”. Programs know no pronouns.
TOLD = re.compile(
    r"\b(?:schrieb(?:en)?|geschrieben|wrote|schreef|napisał\w*)\s+(?:mir|ich|uns|er|sie|wir|man|ihr\w*|ein\w*|der|die|das|me|us|to|mij|ik|u|uw"
    r"|hij|zij|ze|we|wij|ons|iemand|mi|nam|do mnie|że)\b"
    r"|\b(?:mir|uns|mi|ci|vi|nous|vous|lui|nam)\s+(?:a écrit|ha scritto|avete scritto|napisał\w*|schrieb)"
    r"|\bm['’]a écrit|\b(?:your|my|our|his|ihr|ihre|mein|meine|unser|unsere|votre|mon|ma|notre|vostro|vostra|mio|mia|nostro|uw|mijn|onze"
    r"|państwa|pański|mój|moja|nasz)\s+[\w-]+(?:\s+[\w-]+)?\s+(?:wrote|schrieb|a écrit|ha scritto|schreef|napisał\w*)",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[^\s<>@]@[^\s<>@]+\.\w")
TIME = re.compile(r"\b\d{1,2}\s?[:.h]\s?\d{2}\b")
FULL_DATE = re.compile(r"\b20\d{2}\b|\b\d{1,2}\.\s?\d{1,2}\.\s?\d{2}\b|\b\d{1,2}[/-]\d{1,2}[/-]\d{2}\b")

_ORIGINAL = (
    r"urspr(?:ü|ue)ngliche\s+(?:nachricht|e-?mail|mail)|original-?\s?(?:nachricht|message|mail|e-?mail)|urspr\. nachricht|reply message"
    r"|antwort(?:nachricht)?|message d['’]origine|message original|messaggio originale|oorspronkelijk bericht|origineel bericht"
    r"|(?:wiadomość|wiadomosc) oryginalna|oryginalna wiadomość|treść oryginalnej wiadomości"
)
_FORWARDED = (
    r"weitergeleitete\s+(?:nachricht|e-?mail|mail)|forwarded\s+(?:message|by)|message (?:transféré|transmis|réexpédié)|messaggio inoltrato"
    r"|doorgestuurd bericht|(?:wiadomość|wiadomosc) przekazana(?: dalej)?|przekazana wiadomość|treść przekazanej wiadomości"
)
DIVIDER = re.compile(
    rf"^\s*(?:-{{2,}}|_{{2,}}|\*{{2,}}|={{2,}})\s*(?:{_ORIGINAL}|{_FORWARDED})\b.{{0,100}}$", re.IGNORECASE
)
FORWARD = re.compile(
    r"^\s*(?:anfang der weitergeleiteten (?:nachricht|e-?mail)|begin forwarded message|weitergeleitete nachricht|début du message réexpédié"
    r"|inizio messaggio inoltrato|begin doorgestuurd bericht|początek przekazywanej wiadomości)\s*:?\s*$",
    re.IGNORECASE,
)
RULE = re.compile(r"^\s*(?:_{10,}|-{20,})\s*$")

SENDER_FIELD = {"von", "from", "de", "expéditeur", "da", "van", "od", "nadawca", "absender"}
DATE_FIELD = {"gesendet", "sent", "datum", "date", "envoyé", "inviato", "data", "verzonden", "wysłano", "wysłane"}
OTHER_FIELD = {
    *(
        "betreff",
        "subject",
        "an",
        "to",
        "à",
        "objet",
        "destinataire",
        "a",
        "oggetto",
        "aan",
        "onderwerp",
        "do",
        "temat",
    ),
}
_MORE_FIELDS = {
    *(
        "cc",
        "kopie",
        "bis",
        "antwort an",
        "reply-to",
        "wichtigkeit",
        "importance",
        "copie à",
        "dw",
        "priorité",
        "priorität",
    ),
    *("ważność", "urgentie", "priorità", "anlagen", "attachments", "bcc", "répondre à"),
}
HEADER = re.compile(
    r"^\s*\*{0,2}("
    + "|".join(
        sorted(map(re.escape, SENDER_FIELD | DATE_FIELD | OTHER_FIELD | _MORE_FIELDS), key=lambda one: (-len(one), one))
    )
    + r")\s?:\*{0,2}(?:\s+|$)(.*)$",
    re.IGNORECASE,
)

DASHES = re.compile(r"^--\s*$")
_THINGS = (
    r"(?:i-?phone|i-?pad|i-?pod|apple|mac\b|macbook|handy|smart-?phone|mobil(?:telefon|gerät|e)?\b|mobile|android|samsung|galaxy|huawei|xiaomi|redmi|pixel"
    r"|oneplus|nokia|sony|xperia|htc|lg\b|motorola|honor|fairphone|tablet|telefon\w*|phone|blackberry|windows|gerät|device|téléphone|telefono|cellulare"
    r"|telefoon|toestel|portable|outlook|gmail|yahoo|gmx|web\.de|proton|t-online|freenet|posteo|mail\b|k-9|thunderbird|app\b|libero|orange|o2\b"
    r"|interia|onet|wp\b|ziggo|kpn|virgilio|aol|spark|blue ?mail|edison|mozilla|freemail|fairemail|smartphonu|urządzenia)"
)
# The whole line, no sentence that goes on: “Gesendet von meinem Mann war nur die Rechnung” stays.
_REST = r"[^.!?,;:]{0,60}"
DEVICE = re.compile(
    r"^\s*[-–—_*\[(]{0,3}\s*(?:"
    rf"(?:von|aus) mein(?:em|er)\b.{{0,25}}{_THINGS}{_REST}\b(?:gesendet|verschickt|versendet)|von .{{1,30}} mobile? gesendet|mobil gesendet|unterwegs gesendet"
    rf"|(?:gesendet|versendet|verschickt|sent|envoyé|inviat[oa]|verstuurd|verzonden|wysłan[eoay])\s+(?:von|mit|aus|über|from|with|via|using|de|depuis|avec|par|à partir de"
    rf"|da|dal|dalla|con|vanaf|vanuit|met|uit|z|ze|za pomocą|przez)\b.{{0,30}}{_THINGS}{_REST}"
    rf"|diese (?:nachricht|mail|e-mail) wurde von mein\w+ .{{0,25}}{_THINGS}{_REST} gesendet"
    r"|(?:holen sie sich|get|télécharge[rz]|obtenez|obtenir|scarica|ottieni|download|pobierz(?: program)?) outlook\b.{0,60}"
    r"|outlook (?:für|for|pour|per|voor|dla)(?: systemu)? (?:android|ios|mac)\b.{0,40}"
    r")\s*[\])]?\.?\s*[\])]?(?:<?https?://\S+>?)?\s*$",
    re.IGNORECASE,
)
# Signed or sealed text: its frame is no word of the sender's.
ARMOUR_BEGIN = re.compile(r"^-----BEGIN PGP (SIGNED MESSAGE|SIGNATURE|PUBLIC KEY BLOCK)-----\s*$")
ARMOUR_END = re.compile(r"^-----END PGP (?:SIGNATURE|PUBLIC KEY BLOCK)-----\s*$")

# “My answers are below in red”: then what stands below is not only old.
ANSWERS_BELOW = re.compile(
    r"\b(?:antworten?|anmerkungen|kommentare?)\b.{0,40}\b(?:unten|im text|in rot|in blau|in grün|farbig|dazwischen|direkt darunter|inline)\b"
    r"|\b(?:answers?|comments?|replies|responses?)\b.{0,30}\b(?:below|inline|in red|in blue|in green|between)\b"
    r"|\b(?:réponses?|commentaires?)\b.{0,30}(?:ci-dessous|en rouge|en bleu|en vert|dans le texte)"
    r"|\b(?:risposte|risposta|commenti)\b.{0,30}\b(?:sotto|in rosso|in blu|in verde|nel testo)\b"
    r"|\b(?:antwoord(?:en)?|opmerkingen)\b.{0,30}\b(?:hieronder|in het rood|in rood|in blauw|in de tekst|tussen)\b"
    r"|\b(?:odpowiedzi|komentarze)\b.{0,30}(?:poniżej|na czerwono|na niebiesko|w tekście)",
    re.IGNORECASE | re.DOTALL,
)
