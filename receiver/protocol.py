"""The contract that the receiver and every sender share: paths, headers, error codes, status.

Standard library only: the window imports this module and nothing else of the receiver.
Routes and fields follow tus 1.0.0 (https://tus.io/protocols/resumable-upload) and RFC 9457.
"""

from __future__ import annotations

import binascii
import dataclasses
import re
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

SERVICE = "wherry"
TUS_VERSION = "1.0.0"

PATH_FILES = "/files"
PATH_BATCH = "/batch"
PATH_PUT = "/put"
PATH_FORM = "/form"
PATH_STATUS = "/status"
PATH_HISTORY = "/status/history"
PATH_RECEIVED = "/received"
PATH_METRICS = "/metrics"
PATH_HEALTH = "/health"

UPLOAD_TYPE = "application/offset+octet-stream"
PROBLEM_TYPE = "application/problem+json"

H_TUS_RESUMABLE = "Tus-Resumable"
H_TUS_VERSION = "Tus-Version"
H_TUS_EXTENSION = "Tus-Extension"
H_TUS_MAX_SIZE = "Tus-Max-Size"
H_TUS_CHECKSUMS = "Tus-Checksum-Algorithm"
H_OFFSET = "Upload-Offset"
H_LENGTH = "Upload-Length"
H_DEFER_LENGTH = "Upload-Defer-Length"
H_METADATA = "Upload-Metadata"
H_CHECKSUM = "Upload-Checksum"
H_CONCAT = "Upload-Concat"
H_PLACE = "Wherry-Place"
"""On the creation of a part: "ID START", in which upload's file it stands, from which byte on."""
H_PARTS = "Wherry-Parts"
"""On answers of an upload that parts are written into: how many bytes of them are there. It takes
no bytes by itself any more; Upload-Offset is where the parts begin."""
H_EXPIRES = "Upload-Expires"
H_REPR_DIGEST = "Repr-Digest"
"""RFC 9530. Once the upload is whole: ``blake3=:BASE64:``, the digest of the whole file."""
H_PREFIX_DIGEST = "Wherry-Prefix-Digest"
"""BLAKE3 of the file from its first byte on, written as Repr-Digest is. On an answer: up to
Upload-Offset, where the receiver has it at hand. With a PATCH: up to the end of its body, which
then counts whole or not at all, as with Upload-Checksum; each side hashes its bytes only once."""
H_ROUTE = "Wherry-Route"
"""On the answer to a creation: how the body will be taken, a `Route`."""
H_KNOWN_DIGEST = "Wherry-Known-Digest"
"""On the answer to a creation: a stored file has the same size and fingerprint, and this digest
(written as Repr-Digest is). If the sender's file has it too, it is stored already."""
H_STORED_NAME = "Wherry-Stored-Name"
"""Once the upload is whole: the path below the receiver's folder, UTF-8, percent-encoded."""

WHOLE_FILE_ALGORITHM = "blake3"
WINDOW_ALGORITHMS = ("blake3", "sha256", "sha1", "crc32c")


class Route(StrEnum):
    """How the receiver takes the body of an upload."""

    MEMORY = "memory"
    STREAM = "stream"


class UploadState(StrEnum):
    """What the receiver is doing with an upload, as /status shows it."""

    WAITING = "waiting"
    RECEIVING = "receiving"
    STORING = "storing"


class Code(StrEnum):
    """The `code` of a problem document: what a sender branches on."""

    KEY_MISSING = "key_missing"
    KEY_WRONG = "key_wrong"
    TOO_MANY_TRIES = "too_many_tries"
    NO_SPACE = "no_space"
    TOO_LARGE = "too_large"
    LOW_MEMORY = "low_memory"
    BUSY = "busy"
    OFFSET_MISMATCH = "offset_mismatch"
    DIGEST_MISMATCH = "digest_mismatch"
    UPLOAD_UNKNOWN = "upload_unknown"
    UPLOAD_EXPIRED = "upload_expired"
    UPLOAD_LOCKED = "upload_locked"
    FINAL_UPLOAD = "final_upload"
    ALREADY_STORED = "already_stored"
    LENGTH_EXCEEDED = "length_exceeded"
    LENGTH_INCONSISTENT = "length_inconsistent"
    BAD_REQUEST = "bad_request"
    BAD_NAME = "bad_name"
    UNSUPPORTED_DIGEST = "unsupported_digest"
    UNSUPPORTED_VERSION = "unsupported_version"
    UNSUPPORTED_TYPE = "unsupported_type"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    STORE_FAILED = "store_failed"
    INTERNAL = "internal"


class _Record:
    """A frozen dataclass that reads itself from JSON; unknown fields are ignored."""

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Build from parsed JSON.

        Args:
            data: what `json.loads` gave; anything but an object counts as an empty one.

        Raises:
            ValueError: a field has a value of another type than its annotation.
        """
        given: Mapping[str, Any] = data if isinstance(data, dict) else {}
        hints = typing.get_type_hints(cls)
        values = {}
        for item in dataclasses.fields(cls):  # type: ignore[arg-type]
            if given.get(item.name) is not None:
                values[item.name] = _coerced(hints[item.name], given[item.name], item.name)
        return cls(**values)

    def to_json(self) -> dict[str, Any]:
        """Return the plain dict that `json.dumps` takes."""
        return dataclasses.asdict(self)  # type: ignore[call-overload, no-any-return]


def _coerced(kind: Any, value: Any, name: str) -> Any:
    if isinstance(kind, type) and issubclass(kind, _Record):
        return kind.from_json(value)
    if typing.get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise ValueError(f"{name} is not a list")
        return tuple(typing.get_args(kind)[0].from_json(one) for one in value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if typing.get_origin(kind) is not None or type(None) in typing.get_args(kind):
        kinds = tuple(one for one in typing.get_args(kind) if one is not type(None))
    else:
        kinds = (kind,)
    if any(type(value) is one for one in kinds):
        return value
    raise ValueError(f"{name} has an unexpected type")


@dataclass(frozen=True, slots=True)
class MemoryStatus(_Record):
    """Memory as the receiver sees it, its container's limit included; bytes."""

    total_bytes: int = 0
    available_bytes: int = 0
    source: str = "host"
    receiver_bytes: int = 0
    receiver_peak_bytes: int = 0
    page_cache_bytes: int = 0


@dataclass(frozen=True, slots=True)
class BudgetStatus(_Record):
    """What the receiver allows itself for bodies in flight; bytes."""

    limit_bytes: int = 0
    used_bytes: int = 0
    largest_in_memory_bytes: int = 0


@dataclass(frozen=True, slots=True)
class DiskStatus(_Record):
    """The disk that files go to; `usable` is free less promised less the part kept free; bytes.

    `in_memory` and `temporary_in_memory` tell whether it, and the folder for temporary files (which
    a proxy beside the receiver may fill), take up memory instead.
    """

    path_label: str = ""
    total_bytes: int = 0
    free_bytes: int = 0
    promised_bytes: int = 0
    usable_bytes: int = 0
    in_memory: bool = False
    temporary_in_memory: bool = False


@dataclass(frozen=True, slots=True)
class CpuStatus(_Record):
    """The machine's CPU: percent of all cores together, 0 to 100."""

    percent: float = 0.0
    count: int = 1


@dataclass(frozen=True, slots=True)
class TrafficStatus(_Record):
    """Body bytes received since the start, and the rate over the last second or so."""

    received_bytes: int = 0
    bytes_per_s: float = 0.0


@dataclass(frozen=True, slots=True)
class LimitsStatus(_Record):
    """Largest upload, largest single PATCH that is advised (bytes), and bodies at once."""

    upload_bytes: int = 0
    window_bytes: int = 0
    bodies_at_once: int = 0


@dataclass(frozen=True, slots=True)
class UploadStatus(_Record):
    """One running upload. `name` is empty for an upload of somebody else."""

    id: str = ""
    name: str = ""
    size_bytes: int | None = None
    offset_bytes: int = 0
    bytes_per_s: float = 0.0
    route: str = Route.STREAM.value
    state: str = UploadState.WAITING.value
    sender: str = ""
    started: float = 0.0


@dataclass(frozen=True, slots=True)
class Status(_Record):
    """The answer of GET /status. `time` is seconds since the epoch on the receiver's clock."""

    service: str = ""
    version: str = ""
    name: str = ""
    time: float = 0.0
    uptime_s: float = 0.0
    memory: MemoryStatus = field(default_factory=MemoryStatus)
    budget: BudgetStatus = field(default_factory=BudgetStatus)
    disk: DiskStatus = field(default_factory=DiskStatus)
    cpu: CpuStatus = field(default_factory=CpuStatus)
    traffic: TrafficStatus = field(default_factory=TrafficStatus)
    limits: LimitsStatus = field(default_factory=LimitsStatus)
    uploads: tuple[UploadStatus, ...] = ()


_DIGITS = re.compile(r"[0-9]{1,19}\Z")
_METADATA_KEY = re.compile(r"[!-+\--~]+\Z")


def parse_length(text: str) -> int:
    """Read a non-negative integer of a header: ASCII digits only.

    Raises:
        ValueError: it is anything else, or larger than 2**63 - 1 (what a file can hold).
    """
    if not _DIGITS.match(text):
        raise ValueError("not a non-negative integer")
    value = int(text)
    if value >= 1 << 63:
        raise ValueError("larger than a file can be")
    return value


def parse_metadata(header: str) -> dict[str, str]:
    """Read an Upload-Metadata header (tus 1.0.0, Creation): pairs of key and base64 value.

    A key without a value has the value "". Values that are not UTF-8 keep their bytes as
    surrogate escapes.

    Raises:
        ValueError: a key is empty, repeated or not printable ASCII, or a value is not base64.
    """
    pairs: dict[str, str] = {}
    if not header.strip():
        return pairs
    for part in header.split(","):
        key, _, encoded = part.strip().partition(" ")
        if not _METADATA_KEY.match(key) or key in pairs:
            raise ValueError("a metadata key is empty, repeated or not printable ASCII")
        try:
            value = binascii.a2b_base64(encoded.strip(), strict_mode=True)
        except ValueError as error:
            raise ValueError(f"the metadata value of {key} is not base64") from error
        pairs[key] = value.decode("utf-8", "surrogateescape")
    return pairs


def format_metadata(pairs: Mapping[str, str]) -> str:
    """Write an Upload-Metadata header; the inverse of `parse_metadata`."""
    return ",".join(
        f"{key} {_base64(value.encode('utf-8', 'surrogateescape'))}".rstrip()
        for key, value in pairs.items()
    )


def _base64(content: bytes) -> str:
    return binascii.b2a_base64(content, newline=False).decode()


def parse_checksum(header: str) -> tuple[str, bytes]:
    """Read an Upload-Checksum header (tus 1.0.0, Checksum): algorithm and digest.

    Raises:
        ValueError: it is not an algorithm, one space, and base64.
    """
    algorithm, _, encoded = header.strip().partition(" ")
    try:
        digest = binascii.a2b_base64(encoded, strict_mode=True)
    except ValueError as error:
        raise ValueError("the checksum is not base64") from error
    if not algorithm or not digest:
        raise ValueError("the checksum is not 'ALGORITHM BASE64'")
    return algorithm.lower(), digest


def format_checksum(algorithm: str, digest: bytes) -> str:
    """Write an Upload-Checksum header; the inverse of `parse_checksum`."""
    return f"{algorithm} {_base64(digest)}"


def format_repr_digest(digest: bytes) -> str:
    """Write a Repr-Digest header (RFC 9530) with the whole file's BLAKE3 digest."""
    return f"{WHOLE_FILE_ALGORITHM}=:{_base64(digest)}:"


def parse_repr_digest(header: str) -> bytes | None:
    """Find the whole file's BLAKE3 digest in a Repr-Digest header; None where there is none."""
    for part in header.split(","):
        name, _, value = part.strip().partition("=")
        if name == WHOLE_FILE_ALGORITHM and len(value) > 2 and value[0] == value[-1] == ":":
            try:
                return binascii.a2b_base64(value[1:-1], strict_mode=True)
            except ValueError:
                return None
    return None
