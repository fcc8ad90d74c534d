from golddraht.customers.models.belonging import Belonging, Household
from golddraht.customers.models.contact_point import ContactPoint, FormerWay
from golddraht.customers.models.customer import Customer
from golddraht.customers.models.doubt import Asking, Doubt
from golddraht.customers.models.fact import Fact
from golddraht.customers.models.look import Look
from golddraht.customers.models.merge import Merge, Resemblance
from golddraht.customers.models.organisation import Organisation

__all__ = [
    "Asking",
    "Belonging",
    "ContactPoint",
    "Customer",
    "Doubt",
    "Fact",
    "FormerWay",
    "Household",
    "Look",
    "Merge",
    "Organisation",
    "Resemblance",
]
