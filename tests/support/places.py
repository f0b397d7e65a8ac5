"""Where things are, and when the tests take place."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"
REAL = SHARED / "seeds" / "000_d1e86889ec357797.txt"
NOW = datetime(2023, 12, 11, 1, 0, tzinfo=UTC)
AFTER_SEEDS = date(2023, 12, 11)
