#!/usr/bin/env bash
# Proves the templates as a stranger meets them: installs them from the packed package into a hive of their own,
# makes a project of each, builds and tests all of them against the packed packages, runs the development node and sends
# a transfer to it, runs, splits, heals and kills a testnet, and sees the analyzers stop a module that reads the clock.
#
#   eng/check-templates.sh <bench>      the folder of eng/check-packages.sh: feed, packages, nuget.config
set -euo pipefail
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en
bench=$1
made="$bench/made"
mkdir "$made"
node=""
trap '[ -z "$node" ] || kill "$node" 2> /dev/null || true' EXIT

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

# All at once is faster; that "dotnet test" in a project's folder does it too is seen once.
build_and_test() {
  (cd "$made" && dotnet build Made.slnx -v q)
  local tested ran
  tested=$(cd "$made" && dotnet test Made.slnx --no-build 2>&1) || fail "tests failed" "$tested"
  ran=$(grep -c '^Passed!' <<< "$tested")
  [ "$ran" -eq 5 ] || fail "$ran of 5 projects were tested" "$tested"
  tested=$(cd "$made/Mars" && dotnet test --no-build 2>&1) || fail "dotnet test in the folder of a chain failed" "$tested"
  grep -q '^Passed!' <<< "$tested" || fail "dotnet test in the folder of a chain tests nothing" "$tested"
}

# As a user types it, with a home of its own; ports may be taken, so any will do.
chain() { (cd "$made/Mars" && HOME="$bench/home" timeout 60 dotnet bin/Debug/net10.0/Mars.dll "$@" 2>&1); }

run_and_send() {
  local said="$bench/dev.log" sent rpc
  chain dev --port 0 --admin-port 0 > "$said" &
  node=$!
  for _ in $(seq 100); do
    grep -q 'another terminal' "$said" && break
    kill -0 "$node" 2> /dev/null || fail "the development node stopped" "$(cat "$said")"
    sleep 0.2
  done
  grep -q '^10 funded accounts; their keys are public keys: never in production' "$said" || fail "the development node says nothing of its keys" "$(cat "$said")"
  rpc=$(sed -n 's/^rpc *//p' "$said")
  curl -sf "${rpc}explorer" | grep -q '<html' || fail "the development node serves no explorer" "$(cat "$said")"
  sent=$(chain send alice bob 5 --rpc "$rpc") || fail "send failed" "$sent"
  grep -q '^applied in block #1$' <<< "$sent" || fail "send was not applied in block #1" "$sent"
  grep -q '^alice has 999995, bob has 1000005$' <<< "$sent" || fail "the balances are wrong" "$sent"
  kill "$node" 2> /dev/null || true
  wait "$node" 2> /dev/null || true
  node=""
  sent=0
  chain send alice nobody 5 > "$bench/usage.log" || sent=$?
  [ "$sent" -eq 78 ] || fail "a wrong command ends with $sent instead of 78" "$(cat "$bench/usage.log")"
}

# Four processes of the chain's own consensus: split, healed, one killed and back from its disk.
run_testnet() {
  local said step
  for step in "up -n 4" "assert --height 3 --within 30" "partition 0,1 2,3" "heal" "kill 2" "up" "assert --height 6 --within 30"; do
    # shellcheck disable=SC2086
    said=$(chain testnet $step) || { chain testnet down > /dev/null; fail "testnet $step failed" "$said"; }
  done
  grep -q '^one chain: 4 nodes agree at #' <<< "$said" || fail "the testnet is not of one mind" "$said"
  said=$(chain testnet down) || fail "testnet down failed" "$said"
  said=0
  chain testnet partition 0,1 2 > "$bench/usage.log" || said=$?
  [ "$said" -eq 78 ] || fail "a wrong partition ends with $said instead of 78" "$(cat "$bench/usage.log")"
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
run_and_send
run_testnet
see_analyzers
echo "templates: chain (pos, pow, dev), chain-module and chain-engine build, pass their tests and run, also as a testnet; CC1001 stops a clock"
