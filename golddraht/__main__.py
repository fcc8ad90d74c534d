from __future__ import annotations

from golddraht.house.cli import main

main()
