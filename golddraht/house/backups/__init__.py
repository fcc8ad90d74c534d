"""Backup and restore: one tar with the database, the files and a list of both with checksums; never the key."""
