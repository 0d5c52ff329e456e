"""Reading many articles for a command: a bar on a terminal, problems told, the exit status."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from geomapper.cli import options

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from geomapper.cli.options import Common
    from geomapper.errors import DocumentError
    from geomapper.gathering import Gathered
    from geomapper.model import Document
    from geomapper.pipeline import Merge, Settings
    from geomapper.selection import Selection


class Run:
    """One command's run over its sources: it counts what failed and says so once.

    Parameters
    ----------
    context
        The command's context; its object is the `Common` options.
    """

    def __init__(self, context: typer.Context) -> None:
        self._common: Common = context.obj
        self._problems = 0
        self._undated: list[str] = []
        self._read = 0

    def documents(
        self,
        sources: Iterable[str],
        *,
        published: dt.date | None = None,
        max_characters: int = options.DEFAULT_MAX_CHARACTERS,
    ) -> Iterator[Document]:
        """Yield the articles of `sources`; report and skip those that cannot be read.

        Raises
        ------
        typer.Exit
            There were articles, and none of them could be read.
        """
        from geomapper.documents import SourceReader, read_sources

        reader = SourceReader(
            published=published, max_characters=max_characters, on_problem=self._report
        )
        yield from self._with_bar(read_sources(sources, reader))
        self._refuse_nothing()

    def gather(
        self,
        sources: Iterable[str],
        settings: Settings,
        articles: options.Articles,
        *,
        merge: Merge,
        selection: Selection,
    ) -> Gathered:
        """Return the events of `sources`, articles or files of events, that pass `selection`.

        Raises
        ------
        typer.Exit
            There were sources, and none of them could be read.
        """
        from geomapper.documents import SourceReader
        from geomapper.documents.fetching import Limits
        from geomapper.gathering import gather

        reader = SourceReader(
            published=articles.published,
            max_characters=articles.max_characters,
            on_problem=self._report,
            columns=dict(options.column(each) for each in articles.column),
            fetch=Limits(allow_private=articles.allow_private) if articles.fetch else None,
        )
        found = gather(
            sources,
            reader=reader,
            on_problem=self._report,
            settings=settings,
            merge=merge,
            selection=selection,
            watch=lambda read: self._with_bar(self._with_dates(read)),
        )
        self._hint_at_dates()
        if not found.told:
            self._refuse_nothing()
        for name, near in selection.strange_actors(found.told).items():
            known = f"; nearest: {', '.join(near)}" if near else ""
            self.say(f"geomapper: no event has an actor like {name!r}{known}")
        return found

    def say(self, message: str, *, level: int = 0) -> None:
        """Write a line of news to stderr, unless the user asked for less."""
        if self._common.verbosity >= level:
            typer.echo(message, err=True)

    def finish(self) -> None:
        """End the command: exit status 1 where an article was left out, else 0.

        Raises
        ------
        typer.Exit
            An article was left out.
        """
        if self._problems:
            raise typer.Exit(1)

    def _refuse_nothing(self) -> None:
        """End the command before it writes where all that there was could not be read."""
        if self._problems and not self._read:
            typer.echo("geomapper: nothing could be read, so nothing is written", err=True)
            raise typer.Exit(1)

    def _report(self, problem: DocumentError) -> None:
        self._problems += 1
        typer.echo(f"geomapper: {problem}", err=True)

    def _with_dates(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield the articles; keep a date phrase of each that cannot be resolved without its day."""
        from geomapper.coding.dates import DateReader

        for document in documents:
            if document.published is None:
                phrases = DateReader(None).phrases(document.text)
                self._undated += [each.text for each in phrases if each.dates.is_open][:1]
            yield document

    def _hint_at_dates(self) -> None:
        """Say once that dates stay open for want of the articles' own."""
        if self._undated:
            count = len(self._undated)
            told = "1 article says" if count == 1 else f"{count} articles say"
            self.say(
                f"geomapper: {told} no publication date, so that days like"
                f" {self._undated[0].strip()!r} stay open: give it by --published YYYY-MM-DD"
            )

    def _with_languages(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield the articles with their languages; say which of them are not read."""
        from geomapper.language.words import is_english, with_language

        for article in documents:
            self._read += 1
            document = with_language(article)
            if not is_english(document):
                self.say(
                    f"geomapper: {document.id} is in {document.language!r}, which is not read:"
                    " places by gazetteer alone, no events"
                )
            yield document

    def _with_bar(self, articles: Iterator[Document]) -> Iterator[Document]:
        documents = self._with_languages(articles)
        if self._common.verbosity < 0 or not sys.stderr.isatty():
            yield from documents
            return
        from rich.console import Console
        from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

        columns = (SpinnerColumn(), TextColumn("reading articles"), MofNCompleteColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("reading", total=None)
            for document in documents:
                yield document
                progress.advance(task)
