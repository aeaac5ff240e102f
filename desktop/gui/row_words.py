"""What is said of a row: its state, its tool tip, and what a screen reader says. No widgets."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from desktop.gui.listing import FolderRow, Row
from desktop.gui.words import QtWords
from desktop.messages import elsewhere_words, explain, state_words
from desktop.transfer.events import State, Transfer
from receiver.protocol import Route

translate = QCoreApplication.translate


class RowWords:
    """Makes the words.

    Args:
        words: how numbers are written.
        server_of: the name of the server that a row goes to.
        waits_elsewhere: whether a row waits for its server to be chosen again.
    """

    def __init__(
        self,
        words: QtWords,
        server_of: Callable[[Row], str],
        waits_elsewhere: Callable[[Row], bool],
    ) -> None:
        self._words = words
        self._server_of, self._waits_elsewhere = server_of, waits_elsewhere

    def state(self, row: Row) -> str:
        """Say where a file stands, or in a folder how many are where; what failed left out."""
        if isinstance(row, FolderRow):
            return " · ".join(self._folder_parts(row))
        if self._waits_elsewhere(row):
            return elsewhere_words(row, self._server_of(row), self._words)
        return state_words(row, self._words)

    def state_and_route(self, row: Row) -> str:
        """The same, and how the server takes the file while that matters."""
        told = self.state(row)
        if isinstance(row, FolderRow) or row.route is None:
            return told
        if row.state.finished or self._waits_elsewhere(row):
            return told
        memory = translate("RowWords", "in memory")
        route = memory if row.route is Route.MEMORY else translate("RowWords", "streamed")
        return translate("RowWords", "{state} · {route}").format(state=told, route=route)

    def failed(self, row: Row) -> str:
        """Say how many files of a folder have failed; nothing where none has."""
        failed = row.states.get(State.FAILED, 0) if isinstance(row, FolderRow) else 0
        return translate("RowWords", "%Ln failed", "", failed) if failed else ""

    def files(self, row: FolderRow) -> str:
        return translate("RowWords", "%Ln files", "", sum(row.states.values()))

    def _folder_parts(self, row: FolderRow) -> list[str]:
        parts = []
        stored = row.states.get(State.STORED, 0)
        example = row.waiting or Transfer(0, "", row.name, 0, row.state)
        if self._waits_elsewhere(row):
            parts.append(elsewhere_words(example, self._server_of(row), self._words))
        elif row.state not in (State.UPLOADING, State.FAILED):
            parts.append(state_words(example, self._words))
        if stored < row.files and (stored or not parts):
            told = translate("RowWords", "{stored} of {files} stored")
            parts.append(
                told.format(stored=self._words.count(stored), files=self._words.count(row.files))
            )
        cancelled = row.states.get(State.CANCELLED, 0)
        if cancelled and row.files:
            parts.append(translate("RowWords", "%Ln cancelled", "", cancelled))
        return parts

    def spoken(self, row: Row, *, is_open: bool = False) -> str:
        """Return the row as a screen reader says it: name, state, how much of it is stored."""
        share = self._words.size_of(row.stored_bytes, row.size_bytes)
        if not isinstance(row, FolderRow):
            told = translate("RowWords", "{name}, {state}, {share} stored")
            return told.format(name=row.name, state=self.state(row), share=share)
        told = translate("RowWords", "{name}, folder, {opened}, {state}, {share} stored")
        opened = translate("RowWords", "open") if is_open else translate("RowWords", "closed")
        parts = filter(None, (self.files(row), *self._folder_parts(row), self.failed(row)))
        state = translate("RowWords", ", ").join(parts)
        return told.format(name=row.name, opened=opened, state=state, share=share)

    def tool_tip(self, row: Row) -> str:
        """Return where it lies, how it is taken, and a problem in full."""
        lines = [str(row.path), self.state(row), self.failed(row)]
        if isinstance(row, Transfer):
            lines += self._more_of(row)
        return "\n".join(line for line in dict.fromkeys(lines) if line)

    def _more_of(self, one: Transfer) -> list[str]:
        lines = []
        if one.stored_name and one.stored_name != one.name:
            lines.append(translate("RowWords", "Stored as {name}").format(name=one.stored_name))
        if one.problem is not None and not self._waits_elsewhere(one):
            told = explain(one.problem, self._words)
            lines += [told.headline, told.meaning, told.action]
        return lines
