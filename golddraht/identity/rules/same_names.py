"""Given names that one person goes by: short forms, and ways to write the same name. No claim that two bearers are one."""

from __future__ import annotations

GROUPS = """
alexander alex sascha xander|alexandra sandra|andreas andi andy|angelika geli|anna anni annerl|anneliese|anton toni
antonia|barbara babs baerbel|benjamin ben benni|bernhard bernd berni|berthold bert|brigitte gitte|birgit|carl karl
caroline karoline caro|catharina katharina kathrin katrin catrin kathi kaethe kati katja|charlotte lotte charly
christian chris|christina christine tina kristina kristine|christoph christof stoffel|claus klaus nikolaus niklas nicolas
cornelia conny konni|daniel dani|dieter|dietrich|dominik dominic|dorothea doro dorothee thea|eberhard ebi
eduard edi eddy|elisabeth elisabet lisa liesel lisbeth elli else sissi|emil|erik eric erich|ernst|eva evi|felix
florian flo|franz|franziska franzi|friedrich fritz fred frieder|gabriele gabi gaby gabriela|georg schorsch|joerg|juergen
gerhard gerd gert|gertrud trude traudl|gottfried|guenter guenther guenni|hannah hanna johanna hanni|hans johann johannes hannes hansi
harald harry|heinrich heinz heiner hein|helene leni helena|helmut helmuth|herbert|hermann|hildegard hilde
horst|hubert|ingeborg inge|irmgard irmi|jakob jacob|jan|jens|jessica jessika|joachim jochen achim|joseph josef sepp jupp beppo
josephine josefine fine|julia|julian|jutta|karsten carsten|konrad conrad kurt curt|lars|laura|lea|leonhard leon leo
lorenz|ludwig lutz|lukas lucas luke|magdalena|lena|manfred manni|manuel manu|manuela|marcel|marcus markus|margarete
margarethe margareta grete gretel margret margit|maria|marie|mario|markus|marlene|martha marta|martin|martina|mathias
matthias hias|mathis|max maximilian maxi|melanie mel|michael michi micha|michaela|monika moni|moritz|nadine|natalie nathalie
nicole nicki|norbert|oliver oli olli|patricia patrizia|patrick patrik|paul|paula|peter|petra|philipp philip philippe phil
rainer reiner|ralf ralph|rebecca rebekka|regina gina|reinhard reinhardt|renate|robert rob robbie bob bobby|roland|rolf
rosemarie rosi rosmarie|rudolf rudi|ruediger|ruth|sabine bine|samuel sam|sarah sara|sebastian basti|siegfried sigi
sigrid|silke|silvia sylvia|simon|simone|sofia sophia sophie sofie|stefan stephan steffen|stefanie stephanie steffi
susanne susi susanna|sven swen|tanja tania|theodor theo|theresa therese theresia resi|thomas tom tommy|thorsten torsten
tim|tobias tobi|ulrich uli|ulrike ulli|ursula uschi ursel|uwe|valentin|valentina|vanessa|verena vreni|veronika vroni
viktor victor|viktoria victoria vicky|vinzenz|volker|walter walther|werner|wilhelm willi willy wilfried|wolfgang wolf wolfi
yvonne|zoe zoey|mohammed mohamed muhammad|mehmet|yusuf|ayse|ali|fatma|mustafa|abigail abby|alan allan allen|amanda mandy
andrew drew|anthony tony|bradley brad|catherine katherine kathryn kate katie cathy|cameron cam|charles charlie chuck
daniela|deborah debbie|donald don|dorothy dot|edward ed ted|eleanor ellie|elizabeth liz beth betty lizzie eliza
emily em|emma|gregory greg|harrison|isabella isabelle isabel bella|jack|james jim jimmy jamie|jasmine jasmin|jennifer jen jenny
jessie jess|john johnny|jonathan jon|joshua josh|kenneth ken|lachlan lachie|lauren|leonard|lucy lucie|luise louise luisa louisa
margaret maggie peggy meg|mary|matthew matt|mitchell mitch|nicholas nick|olivia liv|pamela pam|rachel rachael
raymond ray|rebekah becky|richard rick dick rich|ronald ron|ruby|stephen steven steve|susan sue|taylor|timothy timmy
thomasina|victoria|vincent vince|william bill will billy|liam|zachary zac zach zachariah|joel|kim|luca|noah|elias|finn fynn
mia|lara|leonie|lina|clara klara|ella|emilia|ida|nina|pia|jana|anja|antje|astrid|bettina|birte|carina karina
claudia|elke|gisela|heike|helga|ilse|ingrid|iris|karin carin|kerstin|kirsten|maike meike|marina|nadja|olga|rita|silvana
svenja|ute|vera|waltraud|bruno|david|dirk|egon|elmar|erwin|frank|gernot|gregor|guido|holger|ingo|jonas|kai kay
kevin|malte|marco marko|marius|nils niels|olaf|otto|pascal|ruben|stefano|till|timo|udo|veit|xaver
"""
ROOTS = {
    word: members[0]
    for line in GROUPS.replace("\n", "|").split("|")
    if (members := line.split())
    for word in reversed(members)
}
"""From a folded given name to the first of its group."""
