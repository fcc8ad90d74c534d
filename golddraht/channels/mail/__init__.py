"""Mail as pure functions over bytes: reading, threading, writing. Plain Python, no Django."""
