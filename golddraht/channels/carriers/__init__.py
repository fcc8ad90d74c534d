"""The technical transports, one folder each: the network, and the steps of operations around it."""
