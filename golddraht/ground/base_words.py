"""Words that German compounds are made of, as customers write them to a service: written down by hand, to be added to freely."""

from __future__ import annotations

COMMERCE = """
Abbuchung Abholung Code Etikett Abnahme Abo Abonnement Absage Abschlag Abschluss Absender Abteilung Adresse Aktion Anbieter Anfrage Angebot Angabe Anleitung
Anmeldung Annahme Anruf Ansprechpartner Anspruch Antrag Antwort Anzahlung Anzeige Artikel Auftrag Auskunft Auswahl Ausweis Bank Bankkonto
Bearbeitung Bedarf Bedingung Beginn Beleg Bericht Bescheid Beschwerde Bestand Bestätigung Bestellung Betrag Betrieb Bewertung Bezahlung Bild Bonus
Brief Bruch Buchung Daten Dauer Dienst Dokument Eingang Einkauf Einladung Empfänger Empfang Ende Entschuldigung Erinnerung Erstattung Ersatz Erstattung Fahrer
Fall Fehler Fehlbetrag Filiale Firma Form Formular Foto Frage Frist Garantie Gebühr Geld Geschäft Geschenk Gespräch Gewährleistung Grund Gutschein Gutschrift
Handel Haus Herstellung Hersteller Hilfe Hinweis Hotline Inhaber Karte Kasse Katalog Kauf Käufer Kenntnis Klage Konto Kontakt Kopie Kosten Kredit
Kulanz Kunde Kundin Kündigung Kurier Lager Lastschrift Leistung Lieferant Lieferung Liste Mahnung Marke Markt Meldung Menge Mitarbeiter Mitglied Mitteilung
Montage Muster Nachfrage Nachlass Nachname Nachnahme Nachricht Nachweis Name Nummer Option Order Ort Paket Partner Passwort Personal Porto Post Postfach
Preis Privat Probe Problem Produkt Prospekt Protokoll Prozent Prüfung Quittung Rabatt Rate Recht Rechnung Reklamation Reparatur Retoure Rückgabe Rückruf
Rücksendung Rückzahlung Sache Schaden Schein Schreiben Schuld Seite Sendung Service Shop Sicherheit Sofort Sorte Sparen Sperre Spedition Standort Status
Stelle Steuer Storno Stornierung Stück Stunde Summe System Tag Tarif Teil Telefon Termin Text Transport Trinkgeld Umtausch Unterlage
Unterschrift Ursache Verbindung Verbrauch Verein Verein Vereinbarung Vergleich Vergütung Verkauf Verkäufer Verlängerung Verlust Vermittlung Verpackung Versand Versicherung
Verspätung Vertrag Vertreter Verwaltung Verzug Vollmacht Vorgang Vorkasse Wahl Ware Wechsel Weg Werbung Werk Wert Widerruf Woche Wunsch
Zahl Zahlung Zeichen Zeit Zeitraum Zettel Ziel Zins Zoll Zugang Zusage Zusatz Zuschlag Zustand Zusteller Zustellung Zweck
"""
THINGS = """
Abfluss Ablauf Abluft Akku Anlage Anschluss Antenne Antrieb Apparat Arm Auto Automat Backofen Bad Ball Band Batterie Bau Baum Bein Beleuchtung Bereich Bett Bild Bildschirm
Blech Boden Bohrer Box Brenner Brille Buch Bücher Büro Dach Dampf Decke Deckel Dichtung Dose Draht Druck Drucker Dusche Eimer Eis Elektro Energie
Fach Faden Fahrrad Farbe Fenster Fern Fernseher Feuer Filter Flasche Fleisch Flug Folie Frontscheibe Funk Fuß Garten Gas Gebläse Gehäuse Gerät
Geschirr Getriebe Gewicht Glas Gitter Griff Gummi Hahn Hals Halter Handy Haube Haut Hebel Heizkörper Heizung Herd Hemd Holz Hose Hotel Hund
Internet Jacke Kabel Kaffee Kamera Kamin Kanal Kanne Katze Kessel Kette Kind Kinder Kissen Klappe Kleid Kleider Klima Klingel Knopf Kohle Koffer Kopf Kopfhörer Körper
Kontakt Kraft Kran Küche Kühl Kunststoff Lack Lade Lampe Laden Leck Leder Leiste Leitung Leuchte Licht Linse Loch Luft Lüfter
Maschine Maß Matratze Mechanik Metall Milch Möbel Modell Modul Motor Musik Netz Netzteil Not Ofen Öl Papier Patrone Pfanne Pflanze Pflege Platte Platz
Programm Pumpe Rad Rahmen Raum Regal Regler Reifen Reinigung Reise Rest Riemen Ring Roller Rohr Rollo Rücken Saft Sand Sattel Schale
Schalter Scheibe Schirm Schlauch Schloss Schlüssel Schmuck Schnee Schrank Schraube Schuh Schutz Sensor Sessel Sieb Sitz Sofa Solar Speicher Spiegel Spiel
Spüle Stab Stange Staub Staubsauger Stecker Stein Stift Stoff Strom Stuhl Tablet Tasche Tasse Taste Tastatur Technik Teppich Ticket Tier Tisch Topf Ton Trockner
Trommel Tuch Tür Uhr Umluft Ventil Verschluss Vorhang Wagen Wand Wanne Wärme Wasch Wäsche Wasser Wecker Wein Welle
Werkstatt Werkzeug Wetter Wohnung Zaun Zelle Zelt Zimmer Zahn Zähler Zubehör Zug
"""
DOINGS = """
Ablesung Abrechnung Abschaltung Absprache Abweichung Änderung Anpassung Anordnung Arbeit Aufbau Ausbau Ausfall Ausgleich Ausgabe Austausch Auslieferung Bedienung Befestigung Beratung
Berechnung Beschädigung Beschreibung Besuch Betreuung Bewegung Dichtigkeit Drehung Einbau Einstellung Empfehlung Entsorgung Entscheidung Entwicklung Erfahrung
Erhöhung Erklärung Erneuerung Fahrt Fertigung Forderung Freigabe Freischaltung Gang Geräusch Geruch Größe Höhe Installation Instandsetzung Klärung Korrektur Lärm Länge
Lösung Mangel Mängel Minderung Nutzung Öffnung Planung Rettung Ruhe Schaltung Schlag Schritt Schwierigkeit Spannung Sprache Spülung Start Stand Störung
Störfall Suche Test Überweisung Übergabe Übertragung Umbau Umzug Unfall Unterbrechung Verarbeitung Verhalten Verschmutzung Version Vorschlag Wartung Wechsel
Wirkung Zerstörung Zufriedenheit Abstand Alter Breite Farbe Familie Feier Feiertag Ferien Freund Geburtstag Gesundheit Jahr Kauf Leben Mann Frau Mensch Mittag
Monat Morgen Nacht Nachbar Praxis Rente Schule Sommer Sonne Sport Stadt Straße Student Tag Urlaub Winter Amt Anwalt Arzt Gericht Gemeinde Land
Meister Monteur Techniker Vermieter Mieter Miete Zentrale Zentrum Web Mobil Online Profil Konfiguration Update Software Gigabit Glasfaser Router Rufnummer Roaming Portierung
"""
BASE_WORDS = frozenset(f"{COMMERCE} {THINGS} {DOINGS}".split())
