from golddraht.imports.models.file import Import
from golddraht.imports.models.mapping import Mapping
from golddraht.imports.models.row import Row
from golddraht.imports.models.source import ImportSource

__all__ = ["Import", "ImportSource", "Mapping", "Row"]
