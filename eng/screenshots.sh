#!/usr/bin/env bash
# Makes the pictures of the README anew: the explorer through its tests in a browser, and the report of a comparison.
#
#   eng/screenshots.sh      needs a Chromium; takes about three minutes
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

images="$PWD/docs/images"
bench=$(mktemp -d)
trap 'rm -rf "$bench"' EXIT
mkdir -p "$images"

browser=${CHAIN_CORE_CHROMIUM:-}
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  browser=${browser:-$(command -v "$name" || true)}
done
[ -n "$browser" ] || { echo "error: there is no Chromium here; name it in CHAIN_CORE_CHROMIUM" >&2; exit 2; }

CHAIN_CORE_SCREENSHOTS="$bench" dotnet test tests/Chain.Core.Rpc.Browser.Tests -c Release --filter FullyQualifiedName~ScreenshotTests
cp "$bench/explorer-light.png" "$images"

dotnet run -c Release --project src/Chain.Core.Cli -- lab run --out "$bench/results"
"$browser" --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --user-data-dir="$bench/profile" \
  --hide-scrollbars --window-size=1100,1000 --screenshot="$images/lab-report.png" "file://$(echo "$bench"/results/*/report.html)" 2> /dev/null
ls -l "$images"
