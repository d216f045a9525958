#!/usr/bin/env bash
# Brings PublicAPI.Unshipped.txt of the projects given (all of src without arguments) in line with their public
# members: what the analyzer misses is added, what it cannot find any more is removed.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_UI_LANGUAGE=en LC_ALL=C

messages=$(mktemp)
trap 'rm -f "$messages" "$messages".*' EXIT

update() { # project file
  local folder list
  folder=$(cd "$(dirname "$1")" && pwd)
  list="$folder/PublicAPI.Unshipped.txt"
  [ -f "$list" ] || return 0
  touch "$list" # an input of the compiler: without it an unchanged project would not be analysed
  if ! dotnet build "$1" -c Release -v q --nologo -p:TreatWarningsAsErrors=false > "$messages"; then
    grep -E 'error ' "$messages" | sort -u >&2
    return 1
  fi
  # Diagnostics of the projects that it references end with another project's name.
  grep -F "[$folder/$(basename "$1")]" "$messages" > "$messages.own" || true
  sed -nE "s/.* RS0016: Symbol '(.*)' is not part of the declared public API.*/\1/p" "$messages.own" > "$messages.new"
  sed -nE "s/.* RS0017: Symbol '(.*)' is part of the declared API.*/\1/p" "$messages.own" > "$messages.gone"
  {
    echo "#nullable enable"
    { grep -vxF '#nullable enable' "$list" || true; } | { grep -vxFf "$messages.gone" || true; } \
      | cat - "$messages.new" | sed '/^$/d' | sort -u
  } > "$messages.list"
  cp "$messages.list" "$list"
}

projects=("$@")
[ ${#projects[@]} -gt 0 ] || projects=(src/*/*.csproj)
for project in "${projects[@]}"; do
  update "$project"
done
