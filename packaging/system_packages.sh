#!/usr/bin/env bash
# Installs the Debian or Ubuntu packages that are missing; without a missing one it does nothing.
#
#   packaging/system_packages.sh PYTHON [LIST ...]
#
# PYTHON is the interpreter that must be able to make virtual environments; a LIST names
# packaging/debian-LIST.txt. A line there is a package, alternatives: "newer | older", or one that
# is left out where the system does not know it: "?package".
set -euo pipefail
cd "$(dirname "$0")"

python=$1
shift

installed() {
    dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | grep -x installed >/dev/null
}

known_to_apt() {
    # Not grep -q: what ends before apt-cache has said all makes that fail of a broken pipe.
    apt-cache policy "$1" 2>/dev/null | grep 'Candidate: [^(]' >/dev/null
}

# One line for each wanted package or group of alternatives.
wanted() {
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        "$python" -c 'import sys; print("python{}.{}-venv".format(*sys.version_info))'
    fi
    local list
    for list in "$@"; do
        if [ "$list" = services ] && [ -d /run/systemd/system ]; then continue; fi
        sed -e 's/#.*//' -e 's/|/ /g' -e '/^ *$/d' "debian-$list.txt"
    done
}

any_installed() {
    local name
    for name in "$@"; do
        if installed "$name"; then return 0; fi
    done
    return 1
}

# Only where apt has its lists: before the first `apt-get update` it knows nothing.
optional_and_unknown() {
    [ "${1#\?}" != "$1" ] && ls /var/lib/apt/lists/*_Packages* >/dev/null 2>&1 &&
        ! known_to_apt "${1#\?}"
}

missing() {
    local group
    wanted "$@" | while read -r group; do
        # shellcheck disable=SC2086  # a group is several words
        if optional_and_unknown "$group"; then continue; fi
        any_installed ${group#\?} || echo "$group"
    done
}

# Of each group the first that apt knows, else the last: the name that all releases understand.
chosen() {
    local group name
    while read -r group; do
        if optional_and_unknown "$group"; then continue; fi
        group=${group#\?}
        for name in $group; do
            if known_to_apt "$name"; then break; fi
        done
        echo "$name"
    done <<<"$1"
}

install_as_root() {
    "$@" apt-get -qq update || echo "apt-get update failed; going on with the lists that are here." >&2
    # shellcheck disable=SC2046  # one word for each package
    "$@" env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
        -o DPkg::Lock::Timeout=300 $(chosen "$groups") >/dev/null
}

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    "$python" -c 'import ensurepip' 2>/dev/null || {
        echo "This Python cannot make virtual environments: install its venv and ensurepip modules." >&2
        exit 1
    }
    if [ "$(uname -s)" = Linux ] && [ $# -gt 0 ]; then
        echo "This is not Debian or Ubuntu. Should a library be missing, install what Qt 6 needs" \
            "for X11 (packaging/debian-run.txt has Debian's names)." >&2
    fi
    exit 0
fi

groups=$(missing "$@")
if [ -z "$groups" ]; then exit 0; fi
names=$(chosen "$groups" | paste -sd' ')

if [ "$(id -u)" = 0 ]; then
    echo "Installing system packages: $names ..."
    install_as_root
elif sudo -n true 2>/dev/null; then
    echo "Installing system packages with sudo: $names ..."
    install_as_root sudo -n
else
    {
        echo "System packages are missing. Please type this command, then the one you typed before:"
        echo
        if command -v sudo >/dev/null; then
            echo "    sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends $names'"
        else
            echo "    su -c 'apt-get update && apt-get install -y --no-install-recommends $names'"
        fi
        echo
    } >&2
    exit 1
fi
