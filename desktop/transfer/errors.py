"""What can go wrong while sending, in three outcomes: try again, the user must act, a bug."""

from __future__ import annotations

from desktop.transfer.events import Problem


class TransferError(Exception):
    """Base of the three outcomes. `problem` says what happened, with its numbers."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.kind}: {problem.detail}" if problem.detail else problem.kind)
        self.problem = problem


class TryAgainError(TransferError):
    """It may pass: a cut line, a busy server, a full disk. `retry_after_s` as the server asked."""

    def __init__(self, problem: Problem, retry_after_s: float | None = None) -> None:
        super().__init__(problem)
        self.retry_after_s = retry_after_s


class UserMustActError(TransferError):
    """Trying again changes nothing until somebody does something."""


class BugError(TransferError):
    """Sender and receiver do not understand each other."""


class OffsetMismatchError(TryAgainError):
    """The server stands at another byte than the window began at: ask it, go on from there."""


class UploadGoneError(TryAgainError):
    """The server does not know the upload any more: begin anew."""


class WindowRefusedError(TryAgainError):
    """The window arrived with another digest than it was sent with: send it again."""


class AlreadyStoredError(TransferError):
    """The upload is stored already; nothing can be added to it or taken from it."""


class FileChangedError(TransferError):
    """The file is not the one that the upload began with: begin anew."""


class InterruptedTransferError(Exception):
    """Not a failure: somebody paused, cancelled or stopped the transfer, or changed the server."""
