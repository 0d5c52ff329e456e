"""Options that several commands take are the fields of one dataclass, written once."""

from __future__ import annotations

import dataclasses
import functools
import inspect
from typing import TYPE_CHECKING, Any, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command that takes the fields of its dataclass parameters as options of its own.

    A parameter whose type is a dataclass is replaced by that dataclass's fields, in their order
    and with their defaults; the command gets the dataclass made of what the user gave.

    Examples
    --------
    >>> @dataclasses.dataclass
    ... class Limits:
    ...     least: float = 0.0
    >>> @spread
    ... def show(name: str, limits: Limits) -> None:
    ...     print(name, limits.least)
    >>> str(inspect.signature(show).parameters["least"].default)
    '0.0'
    >>> show(name="Izium", least=0.5)
    Izium 0.5
    """
    hints = get_type_hints(command, include_extras=True)
    given = inspect.signature(command).parameters.values()
    groups = {each.name: hints[each.name] for each in given if _is_group(hints[each.name])}
    shown = [
        parameter
        for each in given
        for parameter in (
            _fields(groups[each.name])
            if each.name in groups
            else [each.replace(annotation=hints[each.name])]
        )
    ]

    @functools.wraps(command)
    def called(**values: Any) -> None:  # noqa: ANN401 - whatever the options hold
        made = {
            name: group(**{each.name: values.pop(each.name) for each in dataclasses.fields(group)})
            for name, group in groups.items()
        }
        command(**values, **made)

    del called.__wrapped__  # else its signature would be shown
    called.__signature__ = inspect.Signature(_sorted(shown))  # type: ignore[attr-defined]
    called.__annotations__ = {each.name: each.annotation for each in shown}
    return called


def _is_group(hint: object) -> bool:
    return isinstance(hint, type) and dataclasses.is_dataclass(hint)


def _fields(group: Any) -> Iterator[inspect.Parameter]:  # noqa: ANN401 - a dataclass
    hints = get_type_hints(group, include_extras=True)
    for each in dataclasses.fields(group):
        made = each.default_factory
        default = each.default if made is dataclasses.MISSING else made()
        yield inspect.Parameter(
            each.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=default,
            annotation=hints[each.name],
        )


def _sorted(parameters: list[inspect.Parameter]) -> list[inspect.Parameter]:
    """Return the parameters as a signature wants them: what is keyword-only comes last."""
    return sorted(parameters, key=lambda each: each.kind)
