#!/usr/bin/env bash
# Proves the templates as a stranger meets them: installs them from the packed package into a hive of their own,
# makes a project of each, builds and tests all of them against the packed packages, and sees the analyzers stop a module
# that reads the clock. What users do with a chain of theirs is in eng/check-transcripts.sh.
#
#   eng/check-templates.sh <bench>      the folder of eng/check-packages.sh: feed, packages, nuget.config
set -euo pipefail
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en
bench=$1
made="$bench/made"
mkdir "$made"

fail() {
  echo "templates: $1" >&2
  [ $# -lt 2 ] || printf '%s\n' "$2" >&2
  exit 1
}

new() { dotnet new "$@" --debug:custom-hive "$bench/hive" > "$bench/new.log" || fail "dotnet new $* failed" "$(cat "$bench/new.log")"; }

# Where packages are is this machine's business; that generated projects build without a warning is ours.
write_shared_properties() {
  cat > "$made/Directory.Build.props" <<XML
<Project>
  <PropertyGroup>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <WarningsNotAsErrors>NU1603</WarningsNotAsErrors>
    <RestorePackagesPath>$bench/packages</RestorePackagesPath>
    <RestoreFallbackFolders>$bench/third-party</RestoreFallbackFolders>
  </PropertyGroup>
</Project>
XML
}

make_projects() {
  new install "$(find "$bench/feed" -name 'Chain.Core.Templates.[0-9]*.nupkg')"
  new chain -n Mars -o "$made/Mars" --consensus pos
  new chain -n Vesta -o "$made/Vesta" --consensus pow
  new chain -n my-chain -o "$made/my-chain" --consensus dev
  new chain-module -n Loyalty -o "$made/Loyalty"
  new chain-engine -n Rounds -o "$made/Rounds"
  local name
  {
    echo '<Solution>'
    for name in Mars Vesta my-chain Loyalty Rounds; do
      echo "  <Project Path=\"$name/$name.csproj\" /><Project Path=\"$name/tests/$name.Tests.csproj\" />"
    done
    echo '</Solution>'
  } > "$made/Made.slnx"
}

# All at once is faster; that "dotnet test" in a project's folder does it too, the transcripts see.
build_and_test() {
  (cd "$made" && dotnet build Made.slnx -v q)
  local tested ran
  tested=$(cd "$made" && dotnet test Made.slnx --no-build 2>&1) || fail "tests failed" "$tested"
  ran=$(grep -c '^Passed!' <<< "$tested")
  [ "$ran" -eq 5 ] || fail "$ran of 5 projects were tested" "$tested"
}

# One has the analyzers by the package of modules, the other by the package of everything.
see_analyzers() {
  local name source said
  for name in Loyalty/Loyalty Mars/Notes; do
    source="$made/${name}Module.cs"
    sed -i 's/^\( *\)\(ulong before = .*\|if (text.Length == 0)\)$/\1_ = DateTime.UtcNow;\n&/' "$source"
    if said=$(cd "$(dirname "$source")" && dotnet build --no-restore -v q 2>&1); then
      fail "$name reads the clock, and nothing says so" "$said"
    fi
    grep -q "error CC1001: 'DateTime.UtcNow'" <<< "$said" || fail "$name does not build, but not because of CC1001" "$said"
  done
}

write_shared_properties
make_projects
build_and_test
see_analyzers
echo "templates: chain (pos, pow, dev), chain-module and chain-engine build and pass their tests; CC1001 stops a clock"
