"""Unpacks gzip piece by piece, so that what comes out is counted before it is anywhere."""

import zlib
from collections.abc import Iterator

PIECE = 2**16
"""Bytes that are unpacked at once, at the most."""
_GZIP = 16 + zlib.MAX_WBITS


class PackedError(ValueError):
    """Bytes that are no whole gzip."""


class Gzip:
    """Unpacks what comes in pieces, one member after the other."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_GZIP)

    def unpacked(self, packed: bytes) -> Iterator[bytes]:
        """What these bytes add, in pieces of bounded size; whoever has had enough stops asking.

        Raises:
            PackedError: if they are no gzip.
        """
        while packed:
            if self._member.eof:
                self._member = zlib.decompressobj(_GZIP)
            try:
                piece = self._member.decompress(packed, PIECE)
            except zlib.error as error:
                raise PackedError(str(error)) from error
            if piece:
                yield piece
            packed = self._member.unused_data if self._member.eof else self._member.unconsumed_tail

    def end(self) -> None:
        """Say that nothing more comes.

        Raises:
            PackedError: if something is missing.
        """
        if not self._member.eof:
            raise PackedError("its end is missing")
