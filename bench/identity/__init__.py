"""Who is one person: FEBRL's sets and a German population of our own, with their truth."""
