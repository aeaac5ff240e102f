"""Makes a frozen window's copy of ICU's data small: it knows all languages, the window speaks few.

    python packaging/small_icu.py LIBRARY

LIBRARY is Qt's libicudata.so.NN, which is replaced. Of its items those stay that belong to no
language, and those of the window's languages; for any other ICU falls back on the root. The format
is that of "common data" (https://unicode-org.github.io/icu/userguide/icu_data/#icu-data-file): a
header, then a table of contents with the offsets of names and items, sorted by name.
"""

from __future__ import annotations

import re
import struct
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path

FORMAT = b"CmnD"
FORMAT_AT = 12
ALIGNED_BYTES = 16
UNUSED = re.compile(r"/(translit|brkitr|rbnf|unit|curr|lang|region)/|\.(cnv|spp|cfu)$")
"""Qt has languages, regions and units of its own, and takes all text for UTF-8."""

OF_LANGUAGE = re.compile(r"/([a-z]{2,3})(_\w+)?\.res$")
TRANSLATIONS = Path(__file__).resolve().parents[1] / "resources" / "translations"


def is_wanted(name: str, languages: Collection[str]) -> bool:
    """Tell whether an item of ICU's data stays; `name` such as "icudt73l/coll/de.res"."""
    language = OF_LANGUAGE.search(name)
    return not UNUSED.search(name) and (language is None or language[1] in languages)


def read_items(library: bytes) -> tuple[bytes, dict[str, bytes]]:
    """Return the header of the data in a library, and its items by name.

    Raises:
        ValueError: there are no data of ICU in it.
    """
    begin = library.index(FORMAT) - FORMAT_AT
    (header_bytes,) = struct.unpack_from("<H", library, begin)
    table = begin + header_bytes
    (count,) = struct.unpack_from("<I", library, table)
    places = [struct.unpack_from("<II", library, table + 4 + 8 * one) for one in range(count)]
    names = [_text(library, table + name_at) for name_at, _ in places]
    starts = [table + item_at for _, item_at in places]
    ends = [*starts[1:], starts[-1] + _last_bytes(library, starts[-1])]
    items = {name: library[start:end] for name, start, end in zip(names, starts, ends, strict=True)}
    return library[begin:table], items


def _text(library: bytes, at: int) -> str:
    return library[at : library.index(b"\0", at)].decode("ascii")


def _last_bytes(library: bytes, start: int) -> int:
    """The table says where items begin; the last one ends with the bytes that are not zero."""
    following = re.compile(rb"\0{4096}").search(library, start)
    return (following.start() if following else len(library)) - start


def write_items(header: bytes, items: Mapping[str, bytes]) -> bytes:
    """Return header, table, names and items as one piece of common data."""
    names = b"".join(name.encode("ascii") + b"\0" for name in items)
    at = 4 + 8 * len(items)
    name_at, item_at = at, _aligned(len(header) + at + len(names)) - len(header)
    table, body = [struct.pack("<I", len(items))], b""
    for name, item in items.items():
        table.append(struct.pack("<II", name_at, item_at + len(body)))
        name_at += len(name) + 1
        body += item.ljust(_aligned(len(item)), b"\0")
    return (header + b"".join(table) + names).ljust(len(header) + item_at, b"\0") + body


def _aligned(size_bytes: int) -> int:
    return -(-size_bytes // ALIGNED_BYTES) * ALIGNED_BYTES


def link(data: bytes, library: Path) -> None:
    """Put data into a library under the name that ICU looks for; binutils are all it takes."""
    version = library.name.rpartition(".")[2]
    symbol = f"icudt{version}_dat"
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "icu.dat").write_bytes(data)
        (place / "icu.s").write_text(
            f".section .rodata\n.globl {symbol}\n.type {symbol}, %object\n.balign 16\n{symbol}:\n"
            f'.incbin "{place / "icu.dat"}"\n.size {symbol}, .-{symbol}\n'
            '.section .note.GNU-stack,"",%progbits\n'
        )
        subprocess.run(["as", "-o", place / "icu.o", place / "icu.s"], check=True)
        made = place / "made.so"
        command = ["ld", "-shared", "-soname", library.name, "-o", made, place / "icu.o"]
        subprocess.run(command, check=True)
        library.write_bytes(made.read_bytes())


def main() -> None:
    library = Path(sys.argv[1])
    header, items = read_items(library.read_bytes())
    languages = {one.stem.removeprefix("wherry_") for one in TRANSLATIONS.glob("*.ts")}
    wanted = {name: item for name, item in items.items() if is_wanted(name, languages)}
    link(write_items(header, wanted), library)
    print(f"{library.name}: {len(wanted)} of {len(items)} items, {library.stat().st_size} bytes")


if __name__ == "__main__":
    main()
