"""What goes over the wire: a file for each part of the interface."""
