"""Notes of colleagues after a call, a visit or a letter, written before the rules that read them: what the customer wants, and what we did."""

from __future__ import annotations

OBJECTING = (
    "Kundin möchte keine Werbung mehr.",
    "Möchte keine Werbung mehr",
    "Hr. Berger wünscht keine Newsletter mehr, sonst alles ok.",
    "Angerufen wegen Termin. Will keine Werbemails mehr bekommen.",
    "Kd. bittet darum, ihn aus dem Verteiler zu nehmen",
    "keine werbung mehr!!!",
    "Tel. 14:20: Termin bestätigt. Bitte keine Werbeanrufe mehr bei ihr.",
    "Sie hat gesagt, sie will keine Post mit Angeboten mehr von uns.",
    "Widerspricht der Nutzung ihrer Daten zu Werbezwecken.",
    "Hat der Werbung widersprochen (telefonisch, 3.11.)",
    "Kunde verbittet sich weitere Werbung",
    "War verärgert über den Newsletter, will abgemeldet werden.",
    "Möchte nicht mehr angerufen werden, wenn es nur um Angebote geht.",
    "Frau Moser: keine Werbeprospekte mehr zuschicken.",
    "Der Kunde hat seine Einwilligung für Werbung widerrufen.",
    "Bitte nie wieder Werbung an diesen Kunden, hat er ausdrücklich gesagt",
    "hat am Telefon gemeint er mag die Reklame nicht mehr haben",
    "Möchte vom Newsletter abgemeldet werden. Zählerstand 48213.",
    "Customer doesn't want any more marketing emails.",
    "Called back, all fine. She asked to be taken off the mailing list.",
    "Please no more advertising for this customer",
    "He wants to unsubscribe from the newsletter.",
    "Objects to direct marketing, said so twice.",
    "Asked us to stop sending offers.",
)
"""The customer wants no advertising, or may well want none."""

OTHERS = (
    "Werbung verschickt",
    "Newsletter am 3.11. verschickt, kam zurück.",
    "Noch keine Werbung verschickt, Einwilligung fehlt.",
    "Kunde hat Newsletter bestellt.",
    "Fragt, warum der Newsletter nicht mehr kommt.",
    "Möchte gern weiter Werbung bekommen, nur nicht per Post.",
    "Will keinen Termin vor 10 Uhr.",
    "Möchte keine Rechnung per Mail, sondern per Post.",
    "Hat kein Angebot von uns bekommen, bitte schicken.",
    "Keine Rückmeldung vom Kunden, erneut angerufen.",
    "Kunde möchte nicht mehr warten, drängt auf Lieferung.",
    "Prospekt liegt dem Brief bei.",
    "Werbeaktion Herbst: Kunde hat Gutschein eingelöst.",
    "Will die Bestellung widerrufen, Formular geschickt.",
    "Wir machen keine Werbung mehr für das alte Modell.",
    "Techniker abgesagt, Kunde will nicht mehr angerufen werden bis Montag.",
    "Kündigung des Wartungsvertrags angekündigt.",
    "Kommt über Werbung im Radio.",
    "Keine E-Mail-Adresse vorhanden.",
    "Abgemeldet vom Portal, Kennwort neu gesetzt.",
    "Advertising leaflet was sent last week.",
    "Customer asked for an offer, none sent yet.",
    "Newsletter bounced, address corrected.",
    "Doesn't want a refund, wants a replacement.",
)
"""What we did, or what is about something else."""

UNSEEN_OBJECTING = (
    "Anruf von Herrn Seidl: er hat genug von unseren Mailings, bitte streichen.",
    "Will künftig nur noch Rechnungen, sonst nichts Werbliches.",
    "Hat sich über die Werbung beschwert und möchte davon verschont bleiben",
    "Kundin legt Wert darauf, keine Angebote per SMS zu bekommen.",
    "Adresse darf nicht mehr für Werbung verwendet werden (Wunsch der Kundin)",
    "Kein Katalog mehr, bitte.",
    "Nachbar hat abgenommen, Frau Lang möchte nicht mehr zu Werbezwecken kontaktiert werden",
    "Robinsonliste eingetragen, keine Werbung!",
    "Er meinte, wir sollen mit den ständigen Rabattmails aufhören.",
    "Opt-out Newsletter per Telefon",
    "Customer complained about our promo mails and wants them stopped.",
    "Does not wish to receive catalogues anymore.",
)
"""The same, written when the rules stood, and never used to change them."""

UNSEEN_OTHERS = (
    "Hat Werbung für Wärmepumpen gesehen, will Beratung.",
    "Rabattaktion nicht erhalten, Gutschrift 20 Euro gegeben.",
    "Kunde will keine neue Therme, nur die Reparatur.",
    "Katalog 2027 noch nicht gedruckt.",
    "Bekommt den Newsletter doppelt, Dublette zusammengeführt.",
    "Möchte nicht mit Frau Berger sprechen.",
    "Angebot abgelehnt, zu teuer.",
    "Keine Zeit für Rückruf heute, morgen ab 9.",
    "Hat den Newsletter wieder abonniert.",
    "Wir sollen nicht mehr bei der alten Adresse klingeln.",
    "No more parts in stock, ordered two.",
    "Customer happy with the campaign voucher.",
)
