"""First names that speak against a form of address, or bear out what somebody else entered. Alone they speak for none.

Only names that are borne by one sex nearly without exception in the countries we serve; whoever is called Andrea, Kim,
Sascha, Luca, Toni, Nicola or Jean stands in neither list.
"""

from __future__ import annotations

import re

from golddraht.ground.text import folded, words

WOMEN = frozenset(
    words(
        """
    anna anne annette angelika anja antje astrid barbara bettina birgit brigitte carina carmen charlotte christa
    christiane christina christine claudia cornelia daniela doris dorothea edith elena eleonore elfriede elisabeth
    elke ella emma erika esther eva franziska frieda gabriele gerda gertrud gisela greta gudrun hannelore hanna
    hannah heidi heike helene helga hildegard ilse inge ingrid irene iris irmgard jana jessica johanna judith
    julia karin karoline katharina katja katrin kathrin kerstin klara lara laura lea lena leonie lieselotte lina
    lisa luise magdalena manuela margarete margit maria marianne marie marina marlene martha martina melanie mia
    michaela miriam monika nadine natalie nina olga patricia paula petra pia rebecca regina renate rita rosa
    rosemarie roswitha ruth sabine sabrina sandra sarah silke silvia simone sofia sonja sophia sophie stefanie
    stephanie susanne svenja sylvia tamara tanja theresa theresia ulrike ursula ute valentina vanessa vera verena
    veronika waltraud yvonne ayse fatma emine hatice zeynep agnieszka katarzyna malgorzata svetlana natalia olena
        """
    )
)
MEN = frozenset(
    words(
        """
    achim albert alexander alfred andreas armin arnold arthur axel benedikt benjamin bernd bernhard bjoern bruno
    carl christoph clemens daniel david detlef dieter dietmar dirk dominik eberhard eckhard edgar eduard emil
    erich ernst erwin eugen fabian felix ferdinand florian frank franz friedrich fritz georg gerald gerhard
    gottfried guenter guenther guido gustav hans harald hartmut heiko heinrich heinz helmut henning herbert
    hermann horst hubert hugo ingo jakob jan jens joachim jochen johann johannes jonas josef juergen julian karl
    karsten klaus konrad kurt lars leon leopold lorenz lothar ludwig lukas manfred marcel marco marcus mario
    markus martin matthias maximilian michael moritz norbert oliver oskar otto patrick paul peter philipp rainer
    ralf reiner reinhard richard robert roland rolf rudolf ruediger sebastian siegfried simon stefan stephan
    steffen sven thomas thorsten tim tobias torsten udo ulf ulrich uwe valentin viktor volker walter werner
    wilhelm willi winfried wolfgang mehmet mustafa ahmet ali hasan piotr krzysztof tomasz andrzej sergej dmitri
        """
    )
)


def contradicts(given: str, mode: str) -> bool:
    """Whether the first name is one that the other sex bears nearly always, so that somebody may have slipped."""
    return _first(given) in {"herr": WOMEN, "frau": MEN}.get(mode, frozenset())


def agrees(given: str, mode: str) -> bool:
    """Whether the first name is one that this sex bears nearly always: enough to believe what somebody else entered."""
    return _first(given) in {"herr": MEN, "frau": WOMEN}.get(mode, frozenset())


def is_first_name(word: str) -> bool:
    return _first(word) in WOMEN | MEN


def _first(given: str) -> str:
    return next(iter(re.split(r"[\s\-]", folded(given).strip())), "")
