"""The texts of the page: a table, which a copy of it translates."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from geomapper.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path


class Texts(dict[str, str]):
    """The texts of the page by their keys."""

    @classmethod
    def load(cls, path: Path | None = None) -> Texts:
        """Return our texts, or those of a translated copy over them.

        Raises
        ------
        OutputError
            The copy cannot be read, or has a key that our table lacks or a text that is none.

        Examples
        --------
        >>> Texts.load()["language"]
        'en'
        """
        ours = cls(_ours())
        if path is None:
            return ours
        for key, text in _table(path).items():
            if key not in ours:
                raise OutputError(f"{path} has the key {key!r}, which no text of the page has")
            if not isinstance(text, str):
                raise OutputError(f"{path} has {text!r} for {key!r}, which is no text: quote it")
            ours[key] = text
        return ours


@cache
def _ours() -> dict[str, str]:
    text = resources.files(__package__).joinpath("assets", "texts.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _table(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise OutputError(f"{path} cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise OutputError(f"{path} is no TOML table of texts: {error}") from error
