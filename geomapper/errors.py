"""Every error that geomapper raises on purpose, under one base class.

::

    GeomapperError
    ├── DocumentError        a source that cannot be read as articles
    ├── GazetteerError       an index or a table of places that is missing, cut or wrong
    ├── LanguageError        a language pipeline that is missing or lacks what reading needs
    ├── CodebookError        a codebook, or a table of actors, with a mistake in it
    ├── PluginError          a plug-in that is not installed or breaks its contract
    ├── OptionError          an option whose value makes no sense
    └── OutputError          a file that cannot be written

A message is one sentence for a person: what was found, what was expected, what to do.
"""

from __future__ import annotations


class GeomapperError(Exception):
    """The base of all errors that geomapper raises on purpose.

    Examples
    --------
    >>> issubclass(DocumentError, GeomapperError)
    True
    """


class DocumentError(GeomapperError):
    """A source cannot be read as articles."""


class GazetteerError(GeomapperError):
    """An index, or a table of places, is missing, cut or wrong."""


class LanguageError(GeomapperError):
    """A language pipeline is missing, or lacks what reading needs."""


class CodebookError(GeomapperError):
    """A codebook, or a table of actors, holds a mistake."""


class PluginError(GeomapperError):
    """A plug-in is not installed, or breaks its contract."""


class OptionError(GeomapperError):
    """An option has a value that makes no sense."""


class OutputError(GeomapperError):
    """A file cannot be written."""
