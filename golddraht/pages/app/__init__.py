"""Golddraht as an app on somebody's own device: how it is installed, and what it says without a network."""
