"""One company leaves this installation as a file, and arrives in another."""
