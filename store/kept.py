"""What many questions need and few changes touch: worked out once and kept until the database changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Made = TypeVar("Made")


class Memory:
    """The last `size` results by what was asked, each good for one version of the database. Safe between threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, asked: Hashable, version: Hashable, make: Callable[[], Made]) -> Made:
        """The kept result, or what `make` gives now."""
        with self._lock:
            kept = self._kept.get(asked)
            if kept is not None and kept[0] == version:
                self._kept.move_to_end(asked)
                found: Made = kept[1]
                return found
        made = make()
        with self._lock:
            self._kept[asked] = (version, made)
            self._kept.move_to_end(asked)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return made
