"""Golddraht: customer care that never lets the wire to a customer break."""

__version__ = "0.1.0"
