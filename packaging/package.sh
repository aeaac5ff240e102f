#!/usr/bin/env bash
# Builds into dist/: the wheel; the receiver as a single file; the receiver as a Debian package.
#
# The last two hold compiled libraries: they are for this kind of machine and this Python.
set -euo pipefail
cd "$(dirname "$0")/.."

python=$PWD/.venv/bin/python
version=$("$python" -c 'from receiver import __version__; print(__version__)')
tag=$("$python" -c 'import sys; print("cp{}{}".format(*sys.version_info))')
minor=$("$python" -c 'import sys; print("{}.{}".format(*sys.version_info))')
next_minor=$("$python" -c 'import sys; print("{}.{}".format(sys.version_info[0], sys.version_info[1] + 1))')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

quiet_pip() {
    "$python" -m pip --disable-pip-version-check --quiet "$@"
}

mkdir -p dist
quiet_pip wheel --no-deps --wheel-dir dist .
wheel=dist/wherry-$version-py3-none-any.whl

# The receiver with what it imports, without the window.
site=$work/site
quiet_pip install --no-compile --target "$site" "$wheel"
rm -rf "$site/desktop" "$site/bin"

single=dist/wherry-receiver-$version-$tag-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m).pyz
"$python" -m shiv --site-packages "$site" --entry-point receiver.__main__:main --compressed \
    --extend-pythonpath --python '/usr/bin/env python3' --output-file "$single"

if ! command -v dpkg-deb >/dev/null; then
    echo "There is no dpkg-deb here: no Debian package was built."
    exit 0
fi

architecture=$(dpkg --print-architecture)
root=$work/root
library=$root/usr/lib/wherry-receiver
documents=$root/usr/share/doc/wherry-receiver
install -d "$root/DEBIAN" "$root/usr/bin" "$root/usr/lib" "$root/usr/lib/systemd/system" \
    "$root/etc/wherry" "$documents"
cp -r "$site" "$library"
# Compiled here, and never looked at again: the service may not write beside its program.
"$python" -m compileall -q -s "$root" -p / --invalidation-mode unchecked-hash "$library"
install -m 755 packaging/debian/wherry-receiver "$root/usr/bin"
install -m 644 packaging/debian/wherry-receiver.service "$root/usr/lib/systemd/system"
install -m 644 packaging/debian/receiver.toml "$root/etc/wherry"
install -m 644 README.md CHANGELOG.md "$documents"
install -m 644 LICENSE "$documents/copyright"
install -m 755 packaging/debian/{postinst,prerm,postrm} "$root/DEBIAN"
echo /etc/wherry/receiver.toml >"$root/DEBIAN/conffiles"
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" \
    -e "s/@PYTHON@/$minor/" -e "s/@NEXT_PYTHON@/$next_minor/" \
    -e "s/@SIZE_KIB@/$(du -sk "$root" | cut -f1)/" packaging/debian/control >"$root/DEBIAN/control"
chmod -R u=rwX,go=rX "$root"
dpkg-deb --root-owner-group --build "$root" \
    "dist/wherry-receiver_${version}_$architecture.deb" >/dev/null

ls -l --human-readable "$wheel" "$single" "dist/wherry-receiver_${version}_$architecture.deb" |
    awk '{print $5, $9}'
