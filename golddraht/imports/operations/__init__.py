"""What can be done with files of customers."""

from golddraht.imports.operations.beginning import take_over, throw_away, try_out, undo
from golddraht.imports.operations.keeping import ImportRefused, keep_file, open_source
from golddraht.imports.operations.mapping import forget_mapping, map_columns
from golddraht.imports.operations.mending import leave_rows, let_in, mend_rows, take_without
from golddraht.imports.operations.sheets import mend_from_sheet
from golddraht.imports.operations.working import work_on

__all__ = [
    "ImportRefused",
    "forget_mapping",
    "keep_file",
    "leave_rows",
    "let_in",
    "map_columns",
    "mend_from_sheet",
    "mend_rows",
    "open_source",
    "take_over",
    "take_without",
    "throw_away",
    "try_out",
    "undo",
    "work_on",
]
