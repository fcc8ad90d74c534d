"""Notices on somebody's own devices, also while no page is open: that something waits, never what (RFC 8030, 8291, 8292)."""
