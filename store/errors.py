"""The errors that a reader may meet. Each carries one clear line that says what happened and what to do.

The line is in Korean and in English (`str()` gives Korean); the screen and the command line choose by locale.
"""

from __future__ import annotations


class MitjulError(Exception):
    """Something that the reader has to be told.

    Args:
        korean: one line in Korean, what happened and what to do.
        english: the same line in English.
    """

    def __init__(self, korean: str, english: str) -> None:
        super().__init__(korean)
        self.korean = korean
        self.english = english

    def __reduce__(self) -> tuple[type[MitjulError], tuple[str, str]]:
        return (type(self), (self.korean, self.english))


class IngestError(MitjulError):
    """These bytes cannot become an article (empty, binary, too large, encrypted, unreachable …)."""


class NotFoundError(MitjulError):
    """No article, annotation, tag or quotation by that name."""


class AmbiguousError(MitjulError):
    """A shortened id, or a quotation, that fits more than one."""


class InvalidError(MitjulError):
    """A value that the program cannot take: a range outside the text, an empty tag, a malformed query."""


class StorageError(MitjulError):
    """The disk said no: full, read-only, gone, or a file that cannot be read."""


class GoneError(StorageError):
    """The library's folder is not there, or another one is in its place: nothing is known of what it has, and nothing is written."""


class UnwritableError(StorageError):
    """The disk takes nothing: it is read-only, or not ours to write to."""


class LockedError(StorageError):
    """Another process is writing to this library."""
