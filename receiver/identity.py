"""Who this receiver is: a self-signed certificate, its fingerprint, and the pairing link.

A server without a domain name cannot have a certificate that others vouch for. So the receiver
makes its own at its first start, and the link carries the fingerprint for the sender to pin.
"""

from __future__ import annotations

import datetime
import hashlib
import ipaddress
import os
import platform
import re
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from receiver.durable import write_durably

VALID_DAYS = 3650
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CertificateFiles:
    """Where certificate and private key are, both PEM."""

    certificate: Path
    key: Path


def _files(folder: Path) -> CertificateFiles:
    return CertificateFiles(folder / "certificate.pem", folder / "certificate-key.pem")


def own_certificate(folder: Path) -> CertificateFiles:
    """Return the receiver's own certificate; made at the first call.

    Args:
        folder: the receiver's hidden folder.

    Raises:
        OSError: it cannot be written.
    """
    files = _files(folder)
    if not (files.certificate.exists() and files.key.exists()):
        if getattr(sys, "frozen", False):
            make_identity(files)
        else:
            subprocess.run([sys.executable, "-m", "receiver.identity", str(folder)], check=True)
    return files


def make_identity(files: CertificateFiles) -> None:
    """Make and keep a certificate and its key.

    Called in a process of its own where there can be one: the library behind it would stay in
    the receiver's memory for good.
    """
    certificate, key = _make_certificate(_own_names())
    write_durably(files.key, key, mode=0o600)
    write_durably(files.certificate, certificate)


def _own_names() -> list[str]:
    names = {"localhost", "127.0.0.1", "::1", platform.node(), own_address()}
    return sorted(name for name in names if name)


def own_address() -> str:
    """Return the address that this machine uses towards others; nothing is sent for it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def _make_certificate(names: list[str]) -> tuple[bytes, bytes]:
    """Make a key and a certificate for these names and addresses; both PEM.

    The library is imported here because it is large and needed once in a receiver's life.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Wherry receiver")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=VALID_DAYS))
        .add_extension(
            x509.SubjectAlternativeName(
                [
                    x509.IPAddress(ipaddress.ip_address(name))
                    if _is_address(name)
                    else x509.DNSName(name)
                    for name in names
                ]
            ),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return certificate.public_bytes(serialization.Encoding.PEM), private


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def fingerprint(certificate: Path) -> str:
    """Return the SHA-256 of the first certificate of a PEM file, hex.

    Raises:
        ValueError: there is none.
    """
    import ssl

    match = _PEM.search(certificate.read_bytes())
    if not match:
        raise ValueError(f"{os.fspath(certificate)} holds no certificate")
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(match[0].decode())).hexdigest()


def pairing_link(host: str, port: int, key: str, pin: str | None, name: str) -> str:
    """Make the link that a sender pastes: address, key, pin and name in one."""
    if ":" in host:
        host = f"[{host}]"
    values = {"key": key, **({"pin": pin} if pin else {}), "name": name}
    return f"wherry://{host}:{port}/?{urlencode(values)}"


if __name__ == "__main__":
    make_identity(_files(Path(sys.argv[1])))
