"""The SQLite database: schema and migrations, connections, and one module of SQL per subject. SQL lives here only."""

from __future__ import annotations

import sys
from importlib import import_module

# sqlite-utils imports these where they are installed, to know their types as columns. No value here has such a type,
# and numpy, which draws the charts, takes a fifth of what a cold `zhouzhi ask` does.
_UNUSED = ("numpy", "pandas")


def _import_alone(name: str) -> None:
    """Import a module as if what it doesn't need weren't installed."""
    hidden = [other for other in _UNUSED if other not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: "import of numpy halted", by its docs
    try:
        import_module(name)
    finally:
        for other in hidden:
            del sys.modules[other]


_import_alone("sqlite_utils")
