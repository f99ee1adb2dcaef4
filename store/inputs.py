"""What somebody wants to have taken in: files, folders, addresses."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from store.errors import IngestError
from store.files import storage_error

MAX_INPUT = 64 * 1024 * 1024
"""Bytes of one input."""

_NO_PAGE = re.compile(
    r"^(?:readme|license|licence|changelog|contributing|thumbs\.db|desktop\.ini)\b"
    r"|\.(?:css|js|mjs|map|json|jsonl|csv|tsv|ya?ml|toml|ini|db|sqlite|lock|log|py|sh"
    r"|png|jpe?g|gif|webp|svg|ico|avif|bmp|tiff?|heic|woff2?|ttf|otf|eot|mp3|m4a|wav|mp4|mov|avi|webm|zip|gz|tar|7z)$",
    re.I,
)
"""Names that stand beside pages in folders (with the parts of a saved page, with a collection) and are none."""


_TEXT = re.compile(
    r"^(?:readme|license|licence|changelog|contributing)(?:\.(?:md|txt|rst))?$"
    r"|\.(?:css|js|mjs|map|json|jsonl|csv|tsv|ya?ml|toml|ini|lock|log|py|sh|svg)$",
    re.I,
)


def may_be_text(path: str) -> bool:
    """Whether a file that was passed over is text by its name, and can be taken in when it is asked for by itself."""
    return os.path.isfile(path) and bool(_TEXT.search(os.path.basename(path)))


def is_address(text: str) -> bool:
    """Whether this is an address rather than a path."""
    return "://" in text[:16]


def expand(path: str, library: Path, passed: list[str]) -> Iterator[str]:
    """The inputs that a path stands for: itself, or the files below a folder, in order.

    Of a folder's files the hidden ones are left alone, and the library itself; those whose names say that they are no page, or a
    part of one, are put into `passed`.

    Raises:
        IngestError: there is none in the folder.
    """
    if is_address(path) or not os.path.isdir(path):
        yield path
        return
    empty = True
    for folder, folders, files in os.walk(path):
        parts = [name for name in folders if _is_of_a_page(name, files)]
        passed += (os.path.join(folder, name) for name in parts)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and name not in parts
            and os.path.abspath(os.path.join(folder, name)) != str(library)
        )
        for name in sorted(files):
            full = os.path.join(folder, name)
            if name.startswith(".") or not os.path.isfile(full):
                continue
            if _NO_PAGE.search(name):
                passed.append(full)
                continue
            empty = False
            yield full
    if empty:
        raise IngestError("폴더에 읽을 파일이 없습니다.", "There is no file to read in the folder.")


def _is_of_a_page(name: str, files: list[str]) -> bool:
    """Is this the folder that a browser has put beside a page that it saved, for its pictures and frames?"""
    page = re.sub(r"(?:_files|_파일|\.files)$", "", name)
    return page != name and any(f"{page}.{ending}" in files for ending in ("html", "htm", "xhtml"))


def read_input(path: Path) -> bytes:
    """A file that somebody wants to take in.

    Raises:
        IngestError: it cannot be read, is no file, or is larger than `MAX_INPUT`.
    """
    try:
        if not path.is_file():
            if path.exists():
                raise IngestError("보통 파일이 아닙니다.", "It is not an ordinary file.")
            raise IngestError("그런 파일이 없습니다.", "There is no such file.")
        with open(path, "rb") as file:
            data = file.read(MAX_INPUT + 1)
    except OSError as error:
        said = storage_error(error, path)
        raise IngestError(
            f"파일을 읽을 수 없습니다: {said.korean}", f"Cannot read the file: {said.english}"
        ) from error
    except ValueError as error:
        raise IngestError("그런 파일이 없습니다.", "There is no such file.") from error
    if len(data) > MAX_INPUT:
        raise too_large()
    return data


def too_large() -> IngestError:
    """The error for an input over `MAX_INPUT`."""
    size = MAX_INPUT // (1024 * 1024)
    return IngestError(
        f"파일이 너무 큽니다. {size} MB까지 들일 수 있습니다.",
        f"The file is too large; {size} MB is the limit.",
    )
