from golddraht.commerce.models.appointment import Appointment
from golddraht.commerce.models.bad_row import BadRow
from golddraht.commerce.models.delivery import Delivery
from golddraht.commerce.models.giveback import Return
from golddraht.commerce.models.order import Line, Order
from golddraht.commerce.models.product import Product
from golddraht.commerce.models.statement import Statement
from golddraht.commerce.models.tie import Tie

__all__ = ["Appointment", "BadRow", "Delivery", "Line", "Order", "Product", "Return", "Statement", "Tie"]
