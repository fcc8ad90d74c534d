"""A file of invented people to try an import with: a title above, a semicolon between, letters of old Windows, a few mistakes."""

from __future__ import annotations

SAMPLE_NAME = "kunden-beispiel.csv"
SAMPLE = """Kundenliste Stand 1.11.2026;;;;;;;;;;;
Kd-Nr.;Anrede;Titel;Vorname;Name;Firma;E-Mail;Telefon;Straße;PLZ;Ort;Geb.-Datum;Bemerkung
B-1001;Frau;Dr.;Katharina;Brandstätter;;k.brandstaetter@beispiel.example;0316/45 12 78;Lendkai 31/4;8020;Graz;12.4.1971;A-Kundin
B-1002;Herr;;Hans-Jürgen;von der Heyde;;"hj@heyde.example; heyde@firma.example";+49 171 5550123;Am Anger 7;01067;Dresden;3. Mai 1958;
B-1003;;;;Fam. Öztürk c/o Maier;;;089 / 55 50 142;Ringstraße 9;80331;München;;Klingel unten
B-1004;Firma;;;;Bäckerei Wälchli AG;info@waelchli.example;+41 44 555 01 20;Limmatquai 2;8001;Zürich;;zahlt auf Rechnung
B-1005;Frau;;Kim;Sørensen;;kim.soerensen@beispiel.example;;Hafenweg 1;24103;Kiel;1.1.1900;
B-1006;Herr;;Lukas;Groß;;lukas.gross(at)beispiel.example;0151 5550177;Talstraße 12;70173;Stuttgart;31.2.1990;
B-1007;Frau;;Roswitha;Jäger-Lindner;;r.jaeger@beispiel.example;siehe Akte;Bergweg 3;5020;Salzburg;17.9.1949;bitte anrufen
;;;;;;;;;80331;München;;
B-1002;;;H.-J.;von der Heyde;;;0351 5550199;;;;;zweite Nummer
"""

ORDERS_NAME = "bestellungen-beispiel.csv"
ORDERS = """Bestellungen Stand 1.11.2026;;;;;;;
Bestellnr.;Kd-Nr.;E-Mail;Bestellt am;Artikel;Menge;Einzelpreis;Verkäufer
B-2001;B-1001;k.brandstaetter@beispiel.example;28.10.2026 18:03;Wärmetauscher W 7;1;129,00 €;Ohm
B-2001;B-1001;;;Dichtung, rund;2,5;4,90 €;Ohm
B-2002;B-1002;hj@heyde.example;29.10.26;Kaminofen „Grönland“;1;1.890,00;Ohm
B-2003;;niemand(at)beispiel.example;30.10.2026;Rauchrohr;3;39;Ede
B-2004;B-1005;;30.10.2026;Ofenplatte;eine;79,50;Ede
;B-1001;;31.10.2026;Schürhaken;1;19,90;Ede
"""
