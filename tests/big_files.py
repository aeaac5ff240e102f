"""Big files for tests and benchmarks: mostly holes, with islands of random bytes between them."""

from __future__ import annotations

import random
from pathlib import Path

from blake3 import blake3

MIB = 1 << 20
GIB = 1 << 30
ISLAND_BYTES = MIB
ISLAND_EVERY_BYTES = 16 * MIB


def make_big_file(path: Path, size_bytes: int, seed: int = 1) -> bytes:
    """Make a sparse file with an island in every 16 MiB and one at its end; return its BLAKE3."""
    source = random.Random(seed)
    with path.open("wb") as file:
        file.truncate(size_bytes)
        for start in range(0, size_bytes, ISLAND_EVERY_BYTES):
            file.seek(start)
            file.write(source.randbytes(min(ISLAND_BYTES, size_bytes - start)))
        file.seek(max(0, size_bytes - ISLAND_BYTES))
        file.write(source.randbytes(min(ISLAND_BYTES, size_bytes)))
    return blake3_of(path)


def blake3_of(path: Path) -> bytes:
    """Return the BLAKE3 digest of a file."""
    return blake3(max_threads=blake3.AUTO).update_mmap(path).digest()
