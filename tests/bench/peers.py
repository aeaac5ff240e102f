"""Other programs for the same work, from their registries; where they cannot be had, they are left
out and named."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.receiver_process import ROOT, free_port

FOLDER = ROOT / "build" / "bench-peers"
NODE_PACKAGES = ("@tus/server", "@tus/file-store", "tus-js-client")
INSTALL_S = 300.0

SERVER_JS = """
const {Server} = require('@tus/server'), {FileStore} = require('@tus/file-store');
const server = new Server({path: '/files', datastore: new FileStore({directory: process.argv[3]})});
server.listen({host: '127.0.0.1', port: Number(process.argv[2])});
"""
CLIENT_JS = """
const fs = require('fs'), path = require('path'), tus = require('tus-js-client');
const [url, top] = process.argv.slice(2);
const files = fs.readdirSync(top, {recursive: true, withFileTypes: true})
    .filter((one) => one.isFile()).map((one) => path.join(one.parentPath || one.path, one.name));
function send(file) {
    return new Promise((done, failed) => new tus.Upload(fs.readFileSync(file), {
        endpoint: url, metadata: {filename: path.basename(file)}, uploadDataDuringCreation: true,
        onSuccess: done, onError: failed}).start());
}
async function work() { let file; while ((file = files.pop()) !== undefined) await send(file); }
Promise.all(Array.from({length: 8}, work)).catch((error) => {
    console.error(error);
    process.exit(1);
});
"""


def node_peers() -> Path | None:
    """Install the tus server and client of the tus project; None where that cannot be done."""
    folder = FOLDER / "node"
    if shutil.which("npm") is None or shutil.which("node") is None:
        return None
    if not all((folder / "node_modules" / one).exists() for one in NODE_PACKAGES):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}')
        command = ["npm", "install", "--no-audit", "--no-fund", "--silent", *NODE_PACKAGES]
        if not _runs(command, folder):
            return None
    (folder / "server.js").write_text(SERVER_JS)
    (folder / "client.js").write_text(CLIENT_JS)
    return folder


def copyparty() -> Path | None:
    """Install copyparty beside everything else; its folder of programs, or None."""
    programs = FOLDER / "copyparty" / "bin"
    if not (programs / "u2c").exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        if not _runs([sys.executable, "-m", "venv", str(programs.parent)], FOLDER):
            return None
        command = [str(programs / "python"), "-m", "pip", "install", "-q", "copyparty"]
        if not _runs(command, FOLDER):
            return None
    return programs


def _runs(command: list[str], folder: Path) -> bool:
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        ended = subprocess.run(
            command, cwd=folder, capture_output=True, timeout=INSTALL_S, check=False
        )
        return ended.returncode == 0
    return False


@contextmanager
def serving(command: list[str], folder: Path, port_word: str) -> Iterator[int]:
    """Run a server until the block ends; the word `port_word` of its command becomes the port."""
    port = free_port()
    words = [one.replace(port_word, str(port)) for one in command]
    process = subprocess.Popen(
        words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + 30
        while not _listens(port):
            if time.monotonic() > end or process.poll() is not None:
                raise RuntimeError(f"{command[0]} did not start")
            time.sleep(0.02)
        yield port
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
