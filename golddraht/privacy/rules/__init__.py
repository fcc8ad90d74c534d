from golddraht.privacy.rules.asking import Asker as Asker
from golddraht.privacy.rules.asking import Stage as Stage
from golddraht.privacy.rules.deals import Concern as Concern
from golddraht.privacy.rules.deals import Sign as Sign
from golddraht.privacy.rules.deals import keeping_of as keeping_of
from golddraht.privacy.rules.deals import sign_of as sign_of
from golddraht.privacy.rules.redacting import GONE as GONE
from golddraht.privacy.rules.redacting import Sought as Sought
