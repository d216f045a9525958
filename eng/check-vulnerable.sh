#!/usr/bin/env bash
# Asks the package sources whether a package that we use, or that those use, has a known vulnerability.
#
#   eng/check-vulnerable.sh      exit code 0: none is known; 1: there are some; 2: the sources do not say
#
# A package whose vulnerability has been known for years is asked for too: a source that says nothing of it is blind,
# and its silence about ours is worth nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en

bench=$(mktemp -d)
trap 'rm -rf "$bench"' EXIT
cat > "$bench/Canary.csproj" <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Newtonsoft.Json" Version="12.0.3" />
  </ItemGroup>
</Project>
XML

vulnerable() { dotnet list "$1" package --vulnerable --include-transitive; }

dotnet restore "$bench/Canary.csproj" -v q
if ! vulnerable "$bench/Canary.csproj" | grep -q 'Newtonsoft.Json'; then
  echo "error: the package sources serve no data on vulnerabilities (GHSA-5crp-9r3c-p9vr is not known to them)" >&2
  exit 2
fi

dotnet restore Chain.Core.sln -v q
vulnerable Chain.Core.sln > "$bench/found.txt"
if grep -E '^ +> ' "$bench/found.txt"; then
  exit 1
fi
echo "No known vulnerability in any package, direct or not."
