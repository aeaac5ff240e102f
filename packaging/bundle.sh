#!/usr/bin/env bash
# Builds into dist/: the window as a folder that needs no Python, and as a Debian package.
set -euo pipefail
cd "$(dirname "$0")/.."

python=$PWD/.venv/bin/python
version=$("$python" -c 'from receiver import __version__; print(__version__)')
work=$PWD/build/bundle
rm -rf "$work"
mkdir -p "$work"

"$python" -m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath "$work/build" \
    packaging/wherry.spec

# Compiled modules, and a Python that somebody compiled, bring their debugging symbols along.
if command -v strip >/dev/null; then
    find dist/wherry/_internal -name '*.so*' -type f -not -path '*/PySide6/*' \
        -exec strip --strip-unneeded {} +
fi

# A quarter of the folder would be what ICU knows of languages that the window does not speak.
if command -v as >/dev/null && command -v ld >/dev/null; then
    find dist/wherry/_internal/PySide6 -name 'libicudata.so.*' -type f \
        -exec "$python" packaging/small_icu.py {} \;
fi

if command -v dpkg-deb >/dev/null; then
    architecture=$(dpkg --print-architecture)
    glibc=$(ldd --version | sed -n '1s/.* //p')
    root=$work/root
    share=$root/usr/share
    install -d "$root/DEBIAN" "$root/usr/bin" "$root/usr/lib" "$share/applications" \
        "$share/icons/hicolor/scalable/apps" "$share/kio/servicemenus" "$share/nemo/actions" \
        "$share/file-manager/actions" "$share/Thunar/sendto" "$share/doc/wherry"
    cp -r dist/wherry "$root/usr/lib/wherry"
    ln -s ../lib/wherry/wherry "$root/usr/bin/wherry"
    install -m 644 packaging/desktop/wherry.desktop "$share/applications"
    install -m 644 resources/wherry.svg "$share/icons/hicolor/scalable/apps"
    install -m 755 packaging/desktop/send-with-wherry.desktop "$share/kio/servicemenus"
    install -m 644 packaging/desktop/send-with-wherry.nemo_action "$share/nemo/actions"
    # PCManFM's, and that of the extensions of Caja and Nautilus that read the same; then Thunar's.
    install -m 644 packaging/desktop/send-with-wherry.action.desktop \
        "$share/file-manager/actions/send-with-wherry.desktop"
    install -m 644 packaging/desktop/send-to-wherry.desktop "$share/Thunar/sendto/wherry.desktop"
    install -m 644 README.md CHANGELOG.md "$share/doc/wherry"
    install -m 644 LICENSE "$share/doc/wherry/copyright"
    sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@GLIBC@/$glibc/" \
        -e "s/@SIZE_KIB@/$(du -sk "$root" | cut -f1)/" packaging/desktop/control \
        >"$root/DEBIAN/control"
    chmod -R u=rwX,go=rX "$root"
    dpkg-deb -Zxz --root-owner-group --build "$root" "dist/wherry_${version}_$architecture.deb" \
        >/dev/null
fi
du -sh dist/wherry dist/wherry_*.deb
