"""tus 1.0.0, Expiration: https://tus.io/protocols/resumable-upload#expiration."""

from __future__ import annotations

import email.utils
import os
import time
from collections.abc import Callable

from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender, eventually


def test_an_upload_tells_when_it_would_expire(
    start_receiver: Callable[..., ReceiverProcess],
) -> None:
    """Upload-Expires: in the answer to POST and PATCH (here HEAD too) of an unfinished upload."""
    tus = TusSender(start_receiver("--expire-after", "2h"))
    answer = tus.post({"Upload-Length": "5"})
    for one in (answer, tus.patch(answer.path, 0, b"x"), tus.head(answer.path)):
        moment = email.utils.parsedate_to_datetime(one.headers["upload-expires"])
        assert 7100 < moment.timestamp() - time.time() <= 7201
    tus.patch(answer.path, 1, b"rest")
    assert "upload-expires" not in tus.head(answer.path).headers


def test_an_expired_upload_is_gone_and_says_so(receiver: ReceiverProcess) -> None:
    """The Server should answer 410 or 404 for an upload that has expired; what is in use stays."""
    tus = TusSender(receiver)
    abandoned, kept = tus.create(1000, "abandoned"), tus.create(500, "kept")
    for path in (abandoned, kept):
        tus.patch(path, 0, b"some")
    receiver.kill()
    part = receiver.data / ".wherry/uploads" / f"{abandoned.rpartition('/')[2]}.part"
    long_ago = time.time() - 8 * 24 * 3600
    os.utime(part, (long_ago, long_ago))
    receiver.start()
    eventually(lambda: tus.head(abandoned).status == 410)
    assert not part.exists()
    for answer in (tus.head(abandoned), tus.patch(abandoned, 4, b"more")):
        assert answer.status == 410
    assert answer.code == "upload_expired"
    assert receiver.status().disk.promised_bytes == 496
    assert tus.patch(kept, 4, bytes(496)).status == 204
