from golddraht.access.models.code import Code
from golddraht.access.models.visit import Visit

__all__ = ["Code", "Visit"]
