"""A TLS context whose certificate is read again when its file has changed."""

from __future__ import annotations

import logging
import ssl

from receiver.identity import CertificateFiles

_log = logging.getLogger(__name__)


class LiveCertificate:
    """Follows the files, as a renewed certificate comes in the place of the old one.

    Args:
        files: certificate and key, PEM.

    Raises:
        OSError: they cannot be read, or do not belong together (ssl.SSLError).
    """

    def __init__(self, files: CertificateFiles) -> None:
        self._files = (files.certificate, files.key)
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._loaded: tuple[int, ...] = ()
        self._load()

    def _load(self) -> None:
        found = tuple(file.stat().st_mtime_ns for file in self._files)
        if found != self._loaded:
            self._context.load_cert_chain(*self._files)
            self._loaded = found

    @property
    def context(self) -> ssl.SSLContext:
        """The context for a new connection."""
        try:
            self._load()
        except OSError:
            _log.exception("the new certificate cannot be used; the old one stays in use")
        return self._context
