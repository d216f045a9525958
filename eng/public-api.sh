#!/usr/bin/env bash
# Adds every new public member to the PublicAPI files of the projects given (all of src without arguments).
set -euo pipefail
cd "$(dirname "$0")/.."
projects=("$@")
[ ${#projects[@]} -gt 0 ] || projects=(src/*/*.csproj)
for project in "${projects[@]}"; do
  dotnet format analyzers "$project" --diagnostics RS0016 RS0017 --severity warn --no-restore
done
