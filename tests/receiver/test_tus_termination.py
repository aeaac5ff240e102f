"""tus 1.0.0, Termination: https://tus.io/protocols/resumable-upload#termination."""

from __future__ import annotations

from tests.receiver_process import ReceiverProcess
from tests.tus_sender import TusSender


def test_a_terminated_upload_is_gone_and_its_space_free(receiver: ReceiverProcess) -> None:
    """DELETE: 204; resources are freed; all future requests are answered with 404 or 410."""
    tus = TusSender(receiver)
    path = tus.create(10_000_000)
    tus.patch(path, 0, bytes(1000))
    assert receiver.status().disk.promised_bytes == 9_999_000
    answer = tus.delete(path)
    assert (answer.status, answer.body) == (204, b"")
    assert receiver.status().disk.promised_bytes == 0
    assert list((receiver.data / ".wherry" / "uploads").iterdir()) == []
    assert tus.head(path).status == 404
    assert tus.patch(path, 1000, b"x").status == 404
    assert tus.delete(path).status == 404


def test_what_was_delivered_cannot_be_deleted(tus: TusSender) -> None:
    """It belongs to the office; the receipt stays as well."""
    path = tus.send(b"delivered", "delivered.txt")
    answer = tus.delete(path)
    assert (answer.status, answer.code) == (403, "already_stored")
    assert tus.head(path).offset == 9
    assert tus.ask("GET", path + "/receipt").status == 200


def test_an_upload_may_be_terminated_while_it_is_being_sent(
    tus: TusSender, shared_receiver: ReceiverProcess
) -> None:
    path = tus.create(1000)
    with tus.begin_patch(path, 0, 1000, bytes(500)) as line:
        assert tus.delete(path).status == 204
        assert line.hung_up() or True
    assert tus.head(path).status == 404
