"""The word about corrections that don't apply any more, where reports were read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from store.viewer import EVERYONE

if TYPE_CHECKING:
    from store.library import Library


def warn_of_broken(library: Library) -> None:
    """Say on standard error how many corrections by hand have no line to apply to; nothing where all hold."""
    from store.corrector import Corrector

    if broken := sum(one.holds is None for one in Corrector(library).listed(EVERYONE)):
        click.echo(f"zhouzhi: {broken} correction(s) by hand don't apply any more; see: zhouzhi correct list", err=True)
