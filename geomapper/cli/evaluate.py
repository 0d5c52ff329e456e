"""``geomapper evaluate``: the yardsticks on any gold in our formats."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomapper.cli import options
from geomapper.cli.spreading import spread
from geomapper.errors import OptionError

if TYPE_CHECKING:
    from geomapper.evaluation import Options


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is counted as right, and which names of the gold are counted."""

    km: Annotated[
        float, typer.Option(min=0.0, help="How near a place name's point must be, in km.")
    ] = 161.0
    only: Annotated[
        str,
        typer.Option(
            metavar="all|located|literal|associative",
            help="Count only these names of the gold; answers on others are passed over.",
        ),
    ] = "located"
    roles: Annotated[
        str | None,
        typer.Option(metavar="ROLE,...", help="Count only names that were given these roles."),
    ] = None
    given_names: Annotated[
        bool, typer.Option("--given-names", help="Resolve the gold's own names; find none.")
    ] = False
    aliases: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="JSON: lists of names, each of one actor."),
    ] = None
    labels: Annotated[
        tuple[Path, str] | None,
        typer.Option(
            metavar="FILE NAME", help="JSON: what the snippets' labels mean, and which scheme."
        ),
    ] = None

    def options(self) -> Options:
        """Return the options of the measures.

        Raises
        ------
        OptionError
            A name of `only` or `roles` is unknown.
        """
        from geomapper.evaluation import Options, read_aliases, read_labels

        _must_be_known(self.only)
        return Options(
            km=self.km,
            only=self.only,
            roles=_roles(self.roles),
            aliases=read_aliases(self.aliases) if self.aliases else (),
            labels=read_labels(*self.labels) if self.labels else None,
            given_names=self.given_names,
        )


@spread
def evaluate(
    context: typer.Context,
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD",
            help="Gold, JSON or JSON lines: texts with toponyms; with places and events; with type"
            " and status; or with labels.",
        ),
    ],
    *,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write all figures here, too.")
    ] = None,
    errors: Annotated[
        int, typer.Option("--errors", metavar="N", min=0, help="Show so many wrong answers.")
    ] = 0,
    chosen: Chosen,
    published: options.Published = None,
    codebook: options.CodebookFile = None,
    engine: options.Engine,
) -> None:
    """Measure geomapper on texts of which you know the answers.

    Place names: recognition, distance, both end to end, roles and traps. Articles with events:
    detected, core, full, each slot, ghosts and false alarms. Sentences and snippets: types and
    statuses.
    """
    from geomapper.cli.running import Run
    from geomapper.evaluation import measure, read_gold, worded
    from geomapper.writing import write_whole

    run, measures = Run(context), chosen.options()
    kind, texts = read_gold(gold, published=published)
    pipeline = engine.pipeline(codebook)
    run.say(f"{len(texts)} texts of the kind {kind.value}")
    measured = measure(kind, texts, pipeline, measures)
    if json_file is not None:
        figures = {"gold": gold.name, "kind": kind.value, "figures": measured.figures}
        write_whole(json_file, json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    typer.echo("\n".join([*worded(measured), *measured.notes[:errors]]))


def _must_be_known(only: str) -> None:
    from geomapper.evaluation.names import SELECTIONS

    if only not in SELECTIONS:
        raise OptionError(f"--only {only!r} is none of {', '.join(SELECTIONS)}")


def _roles(text: str | None) -> tuple[str, ...]:
    from geomapper.model import Role

    names = tuple(text.split(",")) if text else ()
    strange = next((name for name in names if name not in set(Role)), None)
    if strange is not None:
        raise OptionError(f"--roles: {strange!r} is none of {', '.join(Role)}")
    return names
