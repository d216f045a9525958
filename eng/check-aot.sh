#!/usr/bin/env bash
# Compiles ahead of time: every library whole, a node with its server, and the sample wallet; then runs all three, and the
# operator's verbs with the libraries. A warning of the trimmer or the compiler stops it.
#
#   eng/check-aot.sh      five minutes on two busy cores, most of them for the libraries whole, so not part of CI
#
# Beside the SDK it needs clang or gcc with a linker, and the headers of zlib; on Debian: apt-get install gcc zlib1g-dev
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en

bench=$(mktemp -d)
node=""
trap '[ -z "$node" ] || kill "$node" 2> /dev/null || true; rm -rf "$bench"' EXIT

fail() {
  echo "error: $1" >&2
  exit 1
}

now() { echo "$((${EPOCHREALTIME/[.,]/} / 1000))"; } # ms

publish() { # name
  local started=$SECONDS
  dotnet publish "eng/aot/$1" -c Release -v q -o "$bench/$1" || fail "$1 does not compile ahead of time"
  echo "$1: $(($(stat -c %s "$bench/$1/Aot.$1") / 1000)) kB, published in $((SECONDS - started)) s"
}

wallet() { "$bench/Wallet/Aot.Wallet" "$@" <<< "a passphrase"; }

# The wallet's key gets its coins from the node, which proves them; then the wallet pays somebody.
pay_through_the_node() {
  local mine said url started
  local -r somebody=0x$(printf '0b%.0s' {1..32})
  mine=$(wallet new "$bench/key.json")
  started=$(now)
  coproc served { exec "$bench/Node/Aot.Node" "$mine"; }
  node=$served_PID
  exec 3<&"${served[0]}" 4>&"${served[1]}"
  { read -r -t 30 said && read -r -t 30 url; } <&3 || fail "the node does not start"
  echo "node: $said; serves $(($(now) - started)) ms after its start"

  started=$(now)
  [ "$(wallet balance "$url" "$mine")" = 1000 ] || fail "the wallet does not see its balance"
  echo "wallet: started, asked and ended in $(($(now) - started)) ms"
  said=$(wallet send "$url" "$bench/key.json" "$somebody" 30) || fail "the wallet cannot pay: $said"
  [ "$(wallet balance "$url" "$somebody")" = 30 ] || fail "the payment did not arrive"
  echo "wallet: paid 30, ${said##*$'\n'}"

  eval "exec ${served[1]}>&-"
  exec 4>&- # the end of its standard input is its end
  wait "$node" || fail "the node ended with $?"
  node=""
}

for name in Wallet Node Libraries; do
  publish "$name"
done
pay_through_the_node
mkdir "$bench/store"
"$bench/Libraries/Aot.Libraries" "$bench/store"
