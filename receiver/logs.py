"""What the receiver logs: a line an event, as text or as JSON. Keys are never in it."""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Sequence

from receiver.history import Receipt
from receiver.memory import resident_peak_bytes

_log = logging.getLogger("receiver.uploads")


class JsonLines(logging.Formatter):
    """One JSON object a line: time (RFC 3339, UTC), level, logger, message, what else is given."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line = {
            "time": f"{moment}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line)


def log_stored(receipts: Sequence[Receipt]) -> None:
    """Log the end of an upload, or of a batch: name, size, seconds, rate, route, peak memory."""
    first, size_bytes = receipts[0], sum(one.size_bytes for one in receipts)
    seconds = max(first.ended - first.started, 1e-3)
    fields = {
        "stored_name": first.stored_name,
        "files": len(receipts),
        "size_bytes": size_bytes,
        "seconds": round(seconds, 3),
        "bytes_per_s": round(size_bytes / seconds),
        "route": first.route.value,
        "sender": first.sender,
        "resident_peak_bytes": resident_peak_bytes(),
    }
    others = f" and {len(receipts) - 1} more" if len(receipts) > 1 else ""
    _log.info(
        "stored %(stored_name)r" + others + ", %(size_bytes)d bytes in %(seconds).3f s, "
        "%(bytes_per_s)d bytes/s, route %(route)s, from %(sender)r, "
        "peak memory %(resident_peak_bytes)d bytes",
        fields,
        extra={"fields": fields},
    )


def start(level: str, as_json: bool) -> None:
    """Log to standard error.

    Args:
        level: DEBUG, INFO, WARNING or ERROR.
        as_json: JSON lines instead of text.

    Raises:
        ValueError: there is no such level.
    """
    handler = logging.StreamHandler(sys.stderr)
    text = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonLines() if as_json else text)
    logging.basicConfig(level=level.upper(), handlers=[handler])
