"""``geomapper codebook``: the event types, and a check of an analyst's own ones."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geomapper.cli import options
from geomapper.errors import CodebookError

app = typer.Typer(help="The event types.", no_args_is_help=True)


@app.command()
def show(
    type_: Annotated[
        str | None, typer.Argument(metavar="TYPE", help="One type, with all that is known of it.")
    ] = None,
    *,
    codebook: Annotated[
        Path | None, typer.Option("--codebook", metavar="FILE", help="Your own codebook (TOML).")
    ] = None,
) -> None:
    """Show the event types by family, or one of them in full."""
    from geomapper.coding.codebook import Codebook
    from geomapper.selection import nearest

    book = Codebook.load(codebook)
    if type_ is None:
        for family, label in book.families.items():
            typer.echo(f"{label}")
            for each in book.types.values():
                if each.family == family:
                    typer.echo(f"  {each.id:28}{each.definition}")
        return
    if type_ not in book.types:
        raise CodebookError(
            f"no event type {type_!r}; nearest: {', '.join(nearest(type_, book.types))}"
        )
    known = book.types[type_]
    typer.echo(f"{known.label} ({known.id}, {book.families[known.family]})\n{known.definition}")
    for name in ("plover", "cameo", "acled", "ucdp"):
        typer.echo(f"{name.upper():7}{getattr(known, name) or '-'}")
    for sentence in known.examples:
        typer.echo(f"yes: {sentence}")
    for sentence in known.counter_examples:
        typer.echo(f"no:  {sentence}")
    for trigger in known.triggers:
        words = " ".join(sorted(trigger.verbs or trigger.nouns))
        typer.echo(f"trigger {trigger.number}: {'verbs' if trigger.verbs else 'nouns'} {words}")


@app.command()
def check(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A codebook (TOML).")],
    *,
    examples: Annotated[
        bool, typer.Option("--examples/--no-examples", help="Code the examples, too.")
    ] = True,
    language_model: options.LanguageModel = "accurate",
) -> None:
    """Check a codebook of your own; a mistake is told with its line and reason.

    Its examples must be coded as their type, its counter-examples must not; exit status 1 where
    one fails.
    """
    from geomapper.coding.codebook import Codebook

    book = Codebook.load(path)
    triggers = sum(len(each.triggers) for each in book.types.values())
    typer.echo(
        f"{path}: {len(book.types)} types in {len(book.families)} families, {triggers} triggers"
    )
    failed = _tell_unproven(path, language_model) if examples else 0
    if failed:
        raise typer.Exit(1)


def _tell_unproven(path: Path, language_model: str) -> int:
    """Tell the examples that fail, a line each; return their number."""
    from geomapper.evaluation.examples import line_of, unproven

    text = path.read_text(encoding="utf-8")
    failed = 0
    for failed, each in enumerate(  # noqa: B007 - the count is the answer
        unproven(options.Engine(language_model).pipeline(path)), start=1
    ):
        line = line_of(each.sentence, text)
        where = f"{path}, line {line}" if line else str(path)
        typer.echo(f"{where}: {each.type}: {each.sentence!r} is {each.reason}", err=True)
    return failed
