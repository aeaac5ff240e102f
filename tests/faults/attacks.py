"""Strings that are known from attacks on web servers, and everywhere that they can be put.

The shapes are those of public collections (OWASP's testing guide, SecLists, PayloadsAllTheThings):
one or a few of each kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from tests.tus_sender import base64_of

KNOWN = (
    # out of the folder: plain, doubly encoded, overlong UTF-8, full-width, Windows, UNC, streams
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%252e%252e%252fetc%252fpasswd",
    "..%c0%af..%c0%afetc/passwd",
    "%c0%ae%c0%ae/etc/passwd",
    "\uff0e\uff0e/\uff0e\uff0e/etc/passwd",
    "....//....//etc/passwd",
    "..;/..;/etc/passwd",
    "/proc/self/environ",
    "file:///etc/passwd",
    "..\\..\\windows\\win.ini",
    "\\\\host\\share\\x",
    "C:/boot.ini",
    "x.txt::$DATA",
    "x.txt\x00.png",
    "NUL.txt",
    "COM1",
    "x.txt. . .",
    ".htaccess",
    ".git/config",
    ".wherry/../.wherry/keys.json",
    # another header, another answer
    "x\r\nSet-Cookie: a=b",
    "x%0d%0aSet-Cookie:%20a=b",
    "x\r\n\r\n<html>",
    "\u560d\u560aSet-Cookie: a=b",
    # code for a browser, a shell, a database, a template, a logger, an XML parser, a formatter
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "<svg/onload=alert(1)>.svg",
    "; cat /etc/passwd",
    "| id",
    "$(id)",
    "`id`",
    "() { :; }; echo x",
    "--help",
    "-rf",
    "' OR '1'='1",
    "1; DROP TABLE received;--",
    '" UNION SELECT * FROM sqlite_master--',
    "{{7*7}}",
    "${7*7}",
    "{0.__class__.__init__.__globals__}",
    "%s%s%s%n%x",
    "${jndi:ldap://127.0.0.1/x}",
    '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>',
    'O:8:"stdClass":0:{}',
    "!!python/object/apply:os.system ['id']",
    "__proto__[x]=1",
    # where others count, compare or show wrongly
    "\u202egnp.exe",
    "\ufeffx",
    "x\u0301" * 300,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 40,
    "K\u0131\u017f\u212a",
    "\u0000",
    "9" * 5000,
    "-1",
    "1e309",
    "NaN",
    "0x7fffffff",
    "a" * 20_000,
    "a/" * 3000,
)
_HEADERS = (
    "User-Agent",
    "Referer",
    "Origin",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-HTTP-Method-Override",
    "Cookie",
    "Range",
    "If-None-Match",
    "Content-Type",
    "Content-Disposition",
    "Upload-Metadata",
    "Upload-Concat",
    "Upload-Checksum",
    "Wherry-Place",
    "Repr-Digest",
)


def requests_with(text: str) -> Iterator[bytes]:
    """Yield requests that have the text in each place in turn; without a key."""
    raw = text.encode("utf-8", "surrogatepass")
    in_path = quote(raw, safe="/%")
    for line in (
        f"GET /{in_path}",
        f"GET /files/{in_path}/receipt",
        f"PUT /put/{in_path}",
        f"DELETE /files/{in_path}",
        f"GET /received?before={quote(raw, safe='')}&limit={quote(raw, safe='')}",
        f"GET /status/history?seconds={quote(raw, safe='')}",
    ):
        yield f"{line} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\n\r\n".encode()
    yield b"GET /" + raw + b" HTTP/1.1\r\nHost: x\r\n\r\n"
    yield b"GET /received HTTP/1.1\r\nHost: " + raw + b"\r\n\r\n"
    for name in _HEADERS:
        head = f"POST /files HTTP/1.1\r\nHost: x\r\nUpload-Length: 0\r\n{name}: ".encode()
        yield head + raw + b"\r\nTus-Resumable: 1.0.0\r\n\r\n"
    for key in ("filename", "relativePath", "mtime", "fingerprint", "transfer", "filetype"):
        start = "POST /files HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nUpload-Length: 0\r\n"
        encoded = base64_of(text) if text.isprintable() else base64_of("x")
        yield f"{start}Upload-Metadata: {key} {encoded}\r\n\r\n".encode()
    yield from (_form(path, raw) for path in ("/form", "/batch"))


def _form(path: str, raw: bytes) -> bytes:
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="' + raw
    body += b'"\r\n\r\n' + raw + b"\r\n--b--\r\n"
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
