from golddraht.access.models.code import Code
from golddraht.access.models.copy import Copy
from golddraht.access.models.visit import Visit

__all__ = ["Code", "Copy", "Visit"]
