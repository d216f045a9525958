#!/usr/bin/env bash
# The first minutes of every kind of user, command by command as they type them, from the packed packages in empty folders
# of a user of their own. Each command is held to its exit code and to the line that tells.
#
#   eng/check-transcripts.sh <bench> [--long]      the folder of eng/check-packages.sh: feed, packages, nuget.config
#
# --long runs comparisons of engines at their full length and the demonstration of the repository too: many minutes.
# Everything runs on the ports of the defaults. In a network namespace they are free (root, or users who may make one, and
# iproute2); without one the ports of this machine are used.
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD
bench=$1
user="$bench/user"
own_home=$HOME
is_long=""
only=""
case "${2:-}" in
  --long) is_long=1 ;;
  --only) only=$3 is_long=${4:-} ;; # one transcript, within its network
esac

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en DOTNET_ADD_GLOBAL_TOOLS_TO_PATH=0
export HOME="$user" DOTNET_CLI_HOME="$user" NUGET_PACKAGES="$bench/packages" NUGET_FALLBACK_PACKAGES="$bench/third-party"
export PATH="$user/.dotnet/tools:$PATH"
started=()
cleanup() {
  local group
  for group in "${started[@]:-}"; do [ -z "$group" ] || kill -KILL -- "-$group" 2> /dev/null || true; done
  [ "$only" != builder ] || (cd "$user/Mars" && dotnet bin/Debug/net10.0/Mars.dll testnet down > /dev/null 2>&1) || true
}
trap cleanup EXIT

fail() {
  echo "transcripts: $1" >&2
  [ $# -lt 2 ] || printf '%s\n' "$2" | tail -40 >&2
  exit 1
}

# ends <exit code> command…: what it says is in $said.
ends() {
  local expected=$1 code=0
  shift
  said=$("$@" 2>&1 < /dev/null) || code=$?
  [ "$code" -eq "$expected" ] || fail "'$*' ended with $code, not with $expected" "$said"
}

tells() { # pattern
  grep -qE -- "$1" <<< "$said" || fail "no line like '$1' was told" "$said"
}

# goes <name> command…: runs until it is stopped, and ends with this script.
goes() {
  local name=$1
  shift
  setsid "$@" > "$user/$name.log" 2>&1 < /dev/null &
  started+=("$!")
  declare -g "group_$name=$!"
}

stops() { # name
  local group="group_$1"
  kill -TERM -- "-${!group}"
  wait "${!group}" 2> /dev/null || true
}

until_told() { # seconds, pattern, command…
  local deadline=$((SECONDS + $1)) pattern=$2
  shift 2
  until said=$("$@" 2>&1) && grep -qE -- "$pattern" <<< "$said"; do
    [ "$SECONDS" -lt "$deadline" ] || fail "'$*' never told '$pattern'" "$said"
    sleep 0.2
  done
}

# Types into a terminal of the command's own: lines, then the command.
typed() {
  local lines=$1
  shift
  printf '%b' "$lines" | script -qec "$(printf '%q ' "$@")" /dev/null
}

# What needs the network, or is not typed by the user of the transcript.
prepare() {
  mkdir -p "$user"
  mkdir -p "$user/.nuget" && [ ! -d "$own_home/.nuget/NuGet" ] || cp -r "$own_home/.nuget/NuGet" "$user/.nuget/" # where packages come from here
  echo '<Project />' > "$user/Directory.Build.props" # that of the bench is not theirs
  cd "$user"
  ends 0 dotnet new install Chain.Core.Templates
  ends 0 dotnet tool install -g Chain.Core.Cli
  prepare_programs &
  local programs=$!
  ends 0 dotnet new chain -n Mars --consensus pos
  (cd Mars && ends 0 dotnet test && tells '^Passed!  - Failed: *0, Passed: *[1-9]')
  wait "$programs" || fail "the programs of consumers do not build"
}

prepare_programs() {
  ends 0 dotnet new console -n Hello
  (
    cd Hello
    ends 0 dotnet add package Chain.Core
    cat > Program.cs <<'CSHARP'
using Chain.Core;
await using var node = await ChainNode.CreateDevAsync();
var (alice, bob) = (node.DevAccounts[0], node.DevAccounts[1]);
var receipt = await node.SubmitAndWaitAsync(alice.Transfer(to: bob.Address, amount: 5));
Console.WriteLine($"block #{receipt.Height} {receipt.Status}, bob = {await node.BalanceAsync(bob.Address)}");
CSHARP
    ends 0 dotnet build
  )
  ends 0 dotnet new console -n Pay
  (
    cd Pay
    ends 0 dotnet add package Chain.Core.Rpc.Client
    cat > Program.cs <<'CSHARP'
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Rpc.Client;
using Chain.Core.Wire;

using var key = new Ed25519PrivateKey(new byte[32]);
if (args is ["address"])
{
    Console.WriteLine($"0x{AccountAddress.FromKey(key.Scheme, key.PublicKey.Span).Value}");
    return;
}

using var client = new RpcClient(new Uri("http://127.0.0.1:8645"));
var wallet = new Wallet(key, (await client.GetStatusAsync()).Genesis);
await wallet.RefreshAsync(client);
var transfer = new TokenModule().Transfer(wallet.Address, 5);
await foreach (var status in client.SubmitAndWatchAsync(wallet.Sign(transfer)))
    Console.WriteLine(status);
CSHARP
    ends 0 dotnet build
  )
  ends 0 dotnet new chain-engine -n MyBft
  ends 0 dotnet build MyBft -o "$user/engine"
  cp "$user/engine/MyBft.dll" "$user"
}

consumer() {
  cd "$user/Hello"
  ends 0 dotnet run
  tells '^block #1 Applied, bob = 1000000005$'
}

builder() {
  cd "$user/Mars"
  goes dev dotnet run -- dev
  until_told 60 'in another terminal' cat "$user/dev.log"
  tells '^10 funded accounts; their keys are public keys: never in production$'
  tells '^rpc  *http://127.0.0.1:8645/$'
  [ "$(sed '1,/in another terminal/d' <<< "$said" | grep -c '^  dotnet ')" -eq 3 ] || fail "dev does not say three next commands" "$said"
  ends 0 dotnet run -- send alice bob 5
  tells '^applied in block #1$'
  tells '^alice has 999995, bob has 1000005$'
  ends 0 curl -sf 127.0.0.1:8645/explorer
  tells '<html'
  ends 78 dotnet run -- send alice nobody 5
  tells '^CC2031 '
  stops dev

  ends 0 dotnet run -- testnet up -n 4
  ends 0 dotnet run -- testnet assert --height 3 --within 30
  ends 0 dotnet run -- testnet partition 0,1 2,3
  ends 0 dotnet run -- testnet heal
  ends 0 dotnet run -- testnet kill 2
  ends 0 dotnet run -- testnet up
  ends 0 dotnet run -- testnet assert --height 6 --within 30
  tells '^one chain: 4 nodes agree at #'
  ends 78 dotnet run -- testnet partition 0,1 2
  ends 0 dotnet run -- testnet down
}

researcher() {
  cd "$user"
  local rate=1000 duration=30s rates=100..20000 manifests
  [ -n "$is_long" ] || { rate=20 duration=2s rates=5..20; }
  ends 0 chain lab run --engines pow,pos,./MyBft.dll --nodes 16 --rate "$rate" --network wan-5 --seed 42 --duration "$duration"
  [ -z "$is_long" ] || echo "$said"
  tells '16 nodes.*wan-5.*seed'
  tells '^ *pow '
  tells '^ *pos '
  tells '^ *mybft '
  manifests=(results/*/manifest.json)
  for file in report.html summary.md runs.csv latency.svg manifest.json; do
    [ -s "$(dirname "${manifests[0]}")/$file" ] || fail "lab run wrote no $file" "$(ls -R results)"
  done
  ends 0 chain lab replay "${manifests[0]}"
  tells 'same digest'
  # shellcheck disable=SC2086
  ends 0 chain lab sweep --engines pos --rate $rates $([ -n "$is_long" ] || echo "--nodes 4 --duration 2s")
  [ -z "$is_long" ] || echo "$said"
  tells '^ *pos: (the knee is at|keeps up with) [0-9]+ tx/s'
}

operator() {
  local secret='correct horse' address validator
  cd "$user"
  address=$(dotnet Pay/bin/Debug/net10.0/Pay.dll address)

  # Somebody else's node begins the chain.
  (umask 077 && echo "$secret" > secret)
  ends 0 chain keys new validator --home "$user/first" --passphrase-file secret
  validator=$(chain keys show validator --home "$user/first" --json | sed 's/.*"publicKey":"\([^"]*\)".*/\1/')
  cat > genesis.json <<JSON
{
  "chain": "mars", "network": 4711, "time": "2026-01-01T00:00:00Z",
  "consensus": { "engine": "pos", "epochBlocks": 20, "blockPauseMilliseconds": 300 },
  "accounts": [ { "address": "$address", "amount": 1000 } ],
  "validators": [ { "key": "$validator", "stake": 10000 } ]
}
JSON
  ends 0 chain init --home "$user/first" --genesis genesis.json

  # This is the operator.
  ends 0 chain init --home ~/.mars --genesis genesis.json
  tells 'later commands mean this folder'
  ends 0 typed "$secret\n$secret\n" chain keys new validator
  tells 'passphrase of the new key: '
  tells '^validator validator in .*/\.mars/keys/validator.json'
  if grep -q "$secret" <<< "${said##*the same again}"; then fail "the passphrase is shown" "$said"; fi
  ends 0 chain doctor
  tells '^ok    genesis '
  goes mars env CHAIN_P2P__Connect__0=127.0.0.1:7001 bash -c "{ echo '$secret'; sleep 600; } | script -qec 'chain run' /dev/null"
  until_told 30 '^HTTP/1.1 503' curl -si 127.0.0.1:8645/health/ready
  tells '"reasons":\["'
  goes first chain run --home "$user/first" --passphrase-file secret --set P2P:Port=7001 --set Rpc:Port=8655 --set Metrics:Port=9655
  until_told 60 '^HTTP/1.1 200' curl -si 127.0.0.1:8645/health/ready
  until_told 30 '^chain_block_height [1-9]' sh -c 'curl -s 127.0.0.1:9645/metrics | grep chain_block_height'
  developer
  sed -i 's/"P2P": {/&\n    "Prot": 7001,/' ~/.mars/config.json
  ends 78 chain config check
  tells '^CC2002 unknown key P2P:Prot \(did you mean P2P:Port\?\)$'
  [ "$(wc -l <<< "$said")" -le 3 ] || fail "a wrong key takes more than three lines" "$said"
  stops mars
}

developer() {
  ends 0 curl -s 127.0.0.1:8645 -d '{"jsonrpc":"2.0","id":1,"method":"rpc_methods"}'
  tells '"tx_v1_submit"'
  said=$(timeout 10 curl -sN '127.0.0.1:8645/v1/events?after=latest' | sed '/^data:/q' || true)
  tells '^event: (added|finalized)'
  tells '^data: \{.*"height":"0x'
  ends 0 timeout 60 dotnet Pay/bin/Debug/net10.0/Pay.dll
  tells '^Pending'
  tells '^InBlock #[1-9]'
  tells '^Finalized'
}

anyone() {
  cd "$repository"
  HOME=$own_home ends 0 env -u DOTNET_CLI_HOME -u NUGET_PACKAGES -u NUGET_FALLBACK_PACKAGES \
    dotnet run -c Release --project samples/QuickStart -- --duration 60s --no-browser --data "$user/quickstart-data"
  echo "$said"
  tells 'killed.*restarted|restarted, recovered'
  tells 'healed'
  tells 'balance proof'
}

# A network of its own for each transcript, where that can be had.
namespace=()
if command -v ip > /dev/null; then
  if unshare --net true 2> /dev/null; then
    namespace=(unshare --net)
  elif unshare --user --map-root-user --net true 2> /dev/null; then
    namespace=(unshare --user --map-root-user --net)
  fi
fi

run() { # name
  HOME=$own_home "${namespace[@]}" bash -c '[ "$1" = "" ] || ip link set lo up; shift; exec "$@"' _ "${namespace[*]}" \
    "$repository/eng/check-transcripts.sh" "$bench" --only "$1" "$is_long"
}

if [ -n "$only" ]; then
  began=$SECONDS
  "$only"
  echo "transcripts: $only: as written, in $((SECONDS - began)) s"
  exit
fi

began=$SECONDS
prepare
echo "transcripts: installed and built in $((SECONDS - began)) s"
transcripts=(consumer researcher)
if command -v script > /dev/null; then
  transcripts+=(operator)
else
  echo "transcripts: no script(1) here, which makes the terminals of operator and developer: these two are skipped"
fi
failures=0
[ -z "$is_long" ] || transcripts+=(anyone)
if [ ${#namespace[@]} -gt 0 ]; then
  run builder & # which mostly waits
  builder=$!
else
  run builder || failures=1
fi
for transcript in "${transcripts[@]}"; do
  run "$transcript" || failures=1
done
[ -z "${builder:-}" ] || wait "$builder" || failures=1
exit "$failures"
