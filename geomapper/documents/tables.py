"""JSON, JSON lines and CSV: many articles a file, each with its own fields."""

from __future__ import annotations

import json
from io import StringIO
from types import MappingProxyType
from typing import TYPE_CHECKING

from geomapper.documents.fields import article
from geomapper.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from geomapper.model import Document

_KINDS: dict[type, str] = {dict: "an object", list: "a list", str: "a string"}
_LIST_NAMES = ("articles", "documents", "items")
_ROWS_A_TIME = 500


def read_json(
    text: str,
    name: str,
    on_problem: Callable[[DocumentError], None],
    columns: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Document]:
    """Yield the articles of a JSON file: one object, a list of them, or ``{"articles": [...]}``.

    `columns` says which column, or member, holds a field that has another name there.

    Raises
    ------
    DocumentError
        The file is not JSON, or holds no articles.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{name} is not JSON: {_json_reason(error)}") from error
    if isinstance(value, dict) and columns.get("text", "text") not in value:
        value = next((value[key] for key in _LIST_NAMES if isinstance(value.get(key), list)), value)
    rows = value if isinstance(value, list) else [value]
    for number, row in enumerate(rows, start=1):
        where = f"{name}, article {number}" if len(rows) > 1 else name
        yield from checked(row, where, on_problem, columns)


def read_json_lines(
    text: str,
    name: str,
    on_problem: Callable[[DocumentError], None],
    columns: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Document]:
    """Yield the articles of a JSON lines file; a broken line is reported and skipped."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            on_problem(DocumentError(f"{where} is not JSON: {_json_reason(error)}"))
            continue
        yield from checked(row, where, on_problem, columns)


def read_csv(
    text: str,
    name: str,
    on_problem: Callable[[DocumentError], None],
    columns: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Document]:
    """Yield the articles of a CSV file, a row each; it needs a column ``text``.

    Commas, semicolons and tabs are recognised as separators by the header.

    Raises
    ------
    DocumentError
        There is no column ``text``, or the rows cannot be told apart.
    """
    import pandas as pd

    header = text.lstrip("\n").split("\n", 1)[0]
    separator = max(",;\t", key=header.count)
    found = [column.strip().strip('"').lower() for column in header.split(separator)]
    wanted = columns.get("text", "text").lower()
    if wanted not in found:
        raise DocumentError(
            f"{name} has no column {wanted!r}: found {', '.join(found)[:120]}; name the one that"
            " holds the text with --column text=NAME"
        )
    number = 1
    try:
        chunks = pd.read_csv(
            StringIO(text), sep=separator, dtype=str, keep_default_na=False, chunksize=_ROWS_A_TIME
        )
        for chunk in chunks:
            chunk.columns = [str(column).strip().lower() for column in chunk.columns]
            for row in chunk.to_dict("records"):
                number += 1
                yield from checked(row, f"{name}, row {number}", on_problem, columns)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        reason = str(error).strip().split("C error: ")[-1]
        raise DocumentError(f"{name} is not a table that can be read: {reason}") from error


def checked(
    row: object,
    where: str,
    on_problem: Callable[[DocumentError], None],
    columns: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Document]:
    """Yield the article of a row, or report that it holds none."""
    try:
        if not isinstance(row, dict):
            kind = _KINDS.get(type(row), f"the value {str(row)[:20]}")
            raise DocumentError(f"{where} is {kind}: expected an object with a field 'text'")  # noqa: TRY301
        yield article(_mapped(row, columns), where)
    except DocumentError as error:
        on_problem(error)


def _mapped(row: dict[str, object], columns: Mapping[str, str]) -> dict[str, object]:
    """Return a row with the fields that stand in columns of another name."""
    named = {field: row.get(column, row.get(column.lower())) for field, column in columns.items()}
    return {**row, **named}


def _json_reason(error: BaseException) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos + 1}"
    return "it is nested too deep" if isinstance(error, RecursionError) else str(error)
