#!/usr/bin/env bash
# Publishes the sample Wallet, and with it Chain.Core.Rpc.Client and all below, ahead of time (NativeAOT) without a warning,
# and has the native program open a keystore, sign, and pay on a dev chain. Takes minutes, so CI does not run it by itself.
#
#   eng/check-aot.sh
#
# Needs a C compiler and linker (clang or gcc); says so and ends with 0 where there is none.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en

linker=$(command -v clang || command -v gcc || true)
if [ -z "$linker" ]; then
  echo "aot: SKIPPED: neither clang nor gcc is here"
  exit 0
fi

bench=$(mktemp -d)
node=""
trap '[ -z "$node" ] || kill "$node" 2> /dev/null || true; rm -rf "$bench"' EXIT

# In an output folder of its own: assets with the compiler's packages must not come into the lock files.
dotnet publish samples/Wallet -c Release -o "$bench/wallet" --artifacts-path "$bench/artifacts" \
  -p:PublishAot=true -p:RestoreLockedMode=false -p:RestorePackagesWithLockFile=false -p:CppCompilerAndLinker="$(basename "$linker")" -warnaserror
wallet="$bench/wallet/Wallet"
file "$wallet" 2> /dev/null | grep -q 'ELF\|Mach-O' || [ -x "$wallet" ]

dotnet build src/Chain.Core.Cli -c Release -v q
cli=artifacts/bin/Chain.Core.Cli/release/Chain.Core.Cli.dll
dotnet "$cli" dev --port 0 --admin-port 0 --home "$bench/home" > "$bench/dev.log" &
node=$!
for _ in $(seq 150); do
  grep -q 'another terminal' "$bench/dev.log" && break
  sleep 0.2
done
rpc=$(sed -n 's/^rpc *//p' "$bench/dev.log")
address=$(echo secret | "$wallet" new "$bench/key.json")
dotnet "$cli" send alice "$address" 7 --rpc "$rpc" > /dev/null
said=$(echo secret | "$wallet" send "$rpc" "$bench/key.json" 0x1111111111111111111111111111111111111111111111111111111111111111 7)
grep -q '^InBlock #2$' <<< "$said" || { printf 'aot: the native wallet said:\n%s\n' "$said" >&2; exit 1; }
echo "aot: a native wallet of $(du -h "$wallet" | cut -f1) opened a keystore, signed and paid in block #2"
