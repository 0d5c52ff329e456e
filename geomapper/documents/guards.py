"""What may be hostile in a file: XML with entities, archives that climb out or explode."""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from geomapper.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

MOST_BYTES = 500_000_000
MOST_MEMBERS = 20_000
_SUSPICIOUS_BYTES = 1_000_000
_MOST_RATIO = 300


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Return the root of an XML file that declares no entities; nothing is fetched for it.

    Raises
    ------
    DocumentError
        The file is not XML, declares entities, or is nested beyond reason.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "entity" in str(error).lower():
            raise _declares_entities(name) from error
        raise DocumentError(f"{name} is not XML that can be read: {str(error)[:100]}") from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise _declares_entities(name)
    return root


def _declares_entities(name: str) -> DocumentError:
    return DocumentError(
        f"{name} uses XML entities of its own, which may hide anything: it is refused"
    )


def zip_members(data: bytes, name: str) -> dict[str, zipfile.ZipInfo]:
    """Return the files of a zip archive by name, none of them climbing out or exploding.

    Raises
    ------
    DocumentError
        The archive is broken, locked, or holds what no honest one does.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise DocumentError(f"{name} is not an archive that can be read: {error}") from error
    _must_be_few(len(members), name)
    for member in members:
        _must_stay_inside(member.filename, name)
        _must_not_explode(member, name)
        if member.flag_bits & 1:
            raise DocumentError(f"{name} is locked with a password: unlock it first")
    _must_be_small(sum(member.file_size for member in members), name)
    return {member.filename: member for member in members}


def unzipped(data: bytes, member: zipfile.ZipInfo, name: str) -> bytes:
    """Return a member's bytes, no more of them than it declares.

    Raises
    ------
    DocumentError
        The member is broken, or larger than it says.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(member) as file:
            content = file.read(member.file_size + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
    ) as error:
        raise DocumentError(f"{name}: {member.filename!r} cannot be unpacked: {error}") from error
    if len(content) > member.file_size:
        raise DocumentError(f"{name}: {member.filename!r} is larger than it says: it is refused")
    return content


def tar_members(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a tar archive, packed or not, with their bytes.

    Links and devices are passed over: they hold no article.

    Raises
    ------
    DocumentError
        The archive is broken, climbs out of its folder, or unpacks to more than 500 MB.
    """
    total = 0
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r|*") as archive:
            for number, member in enumerate(archive):
                _must_be_few(number, name)
                _must_stay_inside(member.name, name)
                total += member.size
                _must_be_small(total, name)
                file = archive.extractfile(member) if member.isfile() else None
                if file is not None:
                    yield member.name, file.read(member.size)
    except (tarfile.TarError, zlib.error, OSError, EOFError, ValueError) as error:
        raise DocumentError(f"{name} is not an archive that can be read: {error}") from error


def _must_stay_inside(member: str, name: str) -> None:
    path = PurePosixPath(member.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or member[1:2] == ":":
        raise DocumentError(
            f"{name}: the member {member[:60]!r} climbs out of the archive: it is refused"
        )


def _must_not_explode(member: zipfile.ZipInfo, name: str) -> None:
    ratio = member.file_size / max(member.compress_size, 1)
    if member.file_size > _SUSPICIOUS_BYTES and ratio > _MOST_RATIO:
        raise DocumentError(
            f"{name}: {member.filename[:60]!r} would unpack to {ratio:,.0f} times its size: it is refused"
        )


def _must_be_small(size: int, name: str) -> None:
    if size > MOST_BYTES:
        raise DocumentError(f"{name} would unpack to more than {MOST_BYTES // 10**6} MB: split it")


def _must_be_few(count: int, name: str) -> None:
    if count > MOST_MEMBERS:
        raise DocumentError(f"{name} holds more than {MOST_MEMBERS:,} files: split it")
