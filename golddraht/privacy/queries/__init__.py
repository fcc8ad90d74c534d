from golddraht.privacy.queries.processing import Processing as Processing
from golddraht.privacy.queries.processing import as_plain as as_plain
from golddraht.privacy.queries.processing import protection as protection
from golddraht.privacy.queries.processing import record_of_processing as record_of_processing
