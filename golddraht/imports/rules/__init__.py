"""How a file is understood: which column means what, what a row says, and who it may be."""
