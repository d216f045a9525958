#!/usr/bin/env bash
# Builds what is committed twice, in two different folders, and compares every assembly of the packages byte by byte.
#
#   eng/check-reproducible.sh [project file…]      all of src without arguments: a few minutes, so not part of CI
set -euo pipefail
cd "$(dirname "$0")/.."
export CI=true DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1

bench=$(mktemp -d)
trap 'rm -rf "$bench"' EXIT

projects=("$@")
[ ${#projects[@]} -gt 0 ] || projects=(src/*/*.csproj)

build() { # folder
  (
    cd "$1"
    {
      echo '<Solution>'
      for project in "${projects[@]}"; do
        echo "  <Project Path=\"$project\" />"
      done
      echo '</Solution>'
    } > Packages.slnx
    dotnet build Packages.slnx -c Release -v q -nologo
  )
}

digests() { # folder
  (cd "$1/artifacts/bin" && find . -path './Chain.Core*/release/Chain.Core*' \( -name '*.dll' -o -name '*.pdb' \) -print0 \
    | sort -z | xargs -0 sha256sum)
}

# Both before the first build: an assembly names its commit, and somebody may commit meanwhile.
git clone -q --no-hardlinks . "$bench/one"
git clone -q --no-hardlinks "$bench/one" "$bench/another/and/deeper"
build "$bench/one"
build "$bench/another/and/deeper"
digests "$bench/one" > "$bench/one.txt"
digests "$bench/another/and/deeper" > "$bench/another.txt"
count=$(wc -l < "$bench/one.txt")
[ "$count" -gt 0 ] || { echo "error: nothing was built" >&2; exit 1; }
if diff "$bench/one.txt" "$bench/another.txt"; then
  echo "$count assemblies and symbol files are the same in both folders."
else
  echo "error: the two builds differ" >&2
  exit 1
fi
