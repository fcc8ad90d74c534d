"""The processes of a running installation: one parent, and a child for each role."""
