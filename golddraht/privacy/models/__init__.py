from golddraht.privacy.models.erasure import DoomedFile as DoomedFile
from golddraht.privacy.models.erasure import Erasure as Erasure
from golddraht.privacy.models.erasure import ErasureLine as ErasureLine
from golddraht.privacy.models.locked import Locked as Locked
