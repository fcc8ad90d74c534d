"""The settings of the server, written anew at every start."""

from __future__ import annotations

from pathlib import Path

from golddraht.house.postgres.urls import Address

NAME = "golddraht-postgres.conf"

# Neither statements nor details are logged: they hold what customers wrote. The program logs its own errors.
_TEXT = """\
# Written by Golddraht at every start. Own settings belong into cluster/postgresql.conf, below the include line.
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = '128MB'
random_page_cost = 1.1
jit = off
wal_level = replica
max_wal_size = '1GB'
password_encryption = 'scram-sha-256'
timezone = 'UTC'
logging_collector = on
log_directory = '{log}'
log_filename = 'postgres.log'
log_rotation_age = 0
log_rotation_size = 0
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %q%u@%d '
log_error_verbosity = terse
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
"""


def settings_text(address: Address, log_folder: Path) -> str:
    """The file's text for a server that is to listen at `address`."""
    return _TEXT.format(
        port=address.port,
        socket=_quoted(address.socket_folder or ""),
        log=_quoted(log_folder),
    )


def _quoted(value: Path | str) -> str:
    return str(value).replace("\\", "\\\\").replace("'", "''")
