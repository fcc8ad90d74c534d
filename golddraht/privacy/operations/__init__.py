from golddraht.privacy.operations.asking import ErasureRefused as ErasureRefused
from golddraht.privacy.operations.asking import approve_erasure as approve_erasure
from golddraht.privacy.operations.asking import ask_erasure as ask_erasure
from golddraht.privacy.operations.asking import extend_erasure as extend_erasure
from golddraht.privacy.operations.asking import refuse_erasure as refuse_erasure
from golddraht.privacy.operations.asking import withdraw_erasure as withdraw_erasure
from golddraht.privacy.operations.erasing import carry_out as carry_out
