"""Does the workspace stay quick when a company has grown? `python -m bench.workspace --help`."""
