from golddraht.consent.models.act import ConsentAct, ObjectionMark
from golddraht.consent.models.choice import ChannelChoice
from golddraht.consent.models.gate import Permission, Refusal
from golddraht.consent.models.text import ConsentText

__all__ = ["ChannelChoice", "ConsentAct", "ConsentText", "ObjectionMark", "Permission", "Refusal"]
