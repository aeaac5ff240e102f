#!/usr/bin/env bash
# Makes .venv and installs Wherry into it, once for each pyproject.toml.
#
#   packaging/setup.sh [LIST ...]
#
# The lists of system packages that are wanted as well: packaging/debian-LIST.txt. With `faults` the
# Python packages of the extra of that name are wanted too; with `package` those of the receiver and
# what builds its packages are enough.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    local name
    for name in "${PYTHON:-python3}" python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null && is_new_enough "$name"; then
            echo "$name"
            return
        fi
    done
    return 1
}

# Only what pip fetches is shown: its other lines are many, silence would be long.
install_wherry() {
    .venv/bin/python -m pip install --disable-pip-version-check --progress-bar off -e ".[$extras]" |
        sed -n 's/^ *\(Downloading [^ ]* ([^)]*)\).*/  \1/p'
}

python=$(find_python) || fail "Wherry needs Python 3.11 or newer."

packaging/system_packages.sh "$python" "$@"

# The folder is in it too: what pip has written names it.
wanted="$(cksum <pyproject.toml) $PWD"
all=.venv/.wherry-setup
extras=dev
stamp=$all
size=200
case " $* " in
*" faults "*)
    extras=dev,faults
    stamp=$all-faults
    ;;
*" package "*)
    if [ "$(cat $all 2>/dev/null)" != "$wanted" ]; then
        extras=package
        stamp=$all-package
        size=20
    fi
    ;;
esac
if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && is_new_enough .venv/bin/python; then exit 0; fi

if ! is_new_enough .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    "$python" -m venv --clear .venv
fi
echo "Installing Wherry into .venv (the first time it fetches about $size MB) ..."
install_wherry || fail "pip could not install Wherry; what it said is above."
echo "$wanted" >"$stamp"
echo "Wherry is installed."
