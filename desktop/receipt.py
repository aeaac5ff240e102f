"""What a receiver vouches for: a stored file and its digests. Knows no network."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the receiver vouches for: these bytes lie there under this name.

    Attributes:
        id: of the upload.
        name: as the sender called it; may hold a path.
        stored_name: path below the receiver's folder.
        size_bytes: of the file.
        blake3, sha256: digests, hex; None until they are known.
        sender: the name of the key.
        started, ended: seconds since the epoch, on the receiver's clock.
        bytes_per_s: on average.
    """

    id: str
    name: str
    stored_name: str
    size_bytes: int
    blake3: str | None
    sha256: str | None
    sender: str
    started: float
    ended: float
    bytes_per_s: float

    @classmethod
    def from_json(cls, data: Any) -> Receipt:
        """Read what GET /received and GET /files/ID/receipt give.

        Raises:
            ValueError: it is something else.
        """
        try:
            return cls(**{field.name: data[field.name] for field in fields(cls)})
        except (KeyError, TypeError) as error:
            raise ValueError("not a receipt") from error
