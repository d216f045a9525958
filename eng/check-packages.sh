#!/usr/bin/env bash
# Packs the solution, and proves the packages as a stranger meets them: clean projects restore them from a local
# feed; one takes all of them, and one for each README builds and runs its first C# block. Then the templates, and what users
# type in their first minutes.
#
#   eng/check-packages.sh [--no-build] [--long]      --no-build packs what a Release build left; --long also runs what takes
#                                                    minutes of the transcripts
#
# A block that does not end by itself is fenced as ```csharp no-run and only built.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en

long=""
options=()
for option in "$@"; do
  if [ "$option" = --long ]; then long=1; else options+=("$option"); fi
done
bench=$(mktemp -d)
trap 'rm -rf "$bench"' EXIT
feed="$bench/feed"
mkdir "$feed" "$bench/third-party"

# Third-party packages that are here already need no download; ours must come from the feed.
reuse_third_party_packages() {
  local cache
  cache=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
  for package in "$cache"/*/; do
    case "$(basename "$package" | tr '[:upper:]' '[:lower:]')" in
      chain.core | chain.core.*) ;;
      \*) ;;
      *) ln -s "${package%/}" "$bench/third-party/" ;;
    esac
  done
}

# The machine's own sources for everything but our packages.
write_nuget_config() {
  local others
  others=$(dotnet nuget list source --format detailed | sed -n 's/^ *[0-9]*\.  *\(.*\) \[Enabled\]$/\1/p' \
    | sed 's/&/\&amp;/g; s/</\&lt;/g; s/"/\&quot;/g' \
    | sed 's|.*|    <packageSource key="&"><package pattern="*" /></packageSource>|')
  cat > "$bench/nuget.config" <<XML
<configuration>
  <packageSources>
    <add key="chain-core-feed" value="$feed" />
  </packageSources>
  <packageSourceMapping>
    <packageSource key="chain-core-feed">
      <package pattern="Chain.Core" />
      <package pattern="Chain.Core.*" />
    </packageSource>
$others
  </packageSourceMapping>
</configuration>
XML
}

write_shared_properties() {
  cat > "$bench/Directory.Build.props" <<XML
<Project>
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <WarningsNotAsErrors>NU1603</WarningsNotAsErrors>
    <AssemblyName>ReadmeProgram</AssemblyName>
    <RestorePackagesPath>$bench/packages</RestorePackagesPath>
    <RestoreFallbackFolders>$bench/third-party</RestoreFallbackFolders>
  </PropertyGroup>
</Project>
XML
}

# The text between the first ```csharp fence and its end.
first_csharp_block() {
  awk '/^```csharp/ { inside = 1; next } inside && /^```/ { exit } inside' "$1"
}

add_project() { # name, package references
  mkdir -p "$bench/projects/$1"
  printf '<Project Sdk="Microsoft.NET.Sdk">\n  <ItemGroup>\n%s  </ItemGroup>\n</Project>\n' "$2" \
    > "$bench/projects/$1/$1.csproj"
  solution+="  <Project Path=\"projects/$1/$1.csproj\" />"$'\n'
}

# Tools, templates and analyzers are not referenced by a program.
is_referable() {
  ! grep -qE '<PackAsTool>true|<PackageType>|<IncludeBuildOutput>false' "src/$1/$1.csproj" || [ "$1" = Chain.Core ]
}

write_projects() {
  local id version reference references=""
  for id in "${packages[@]}"; do
    version=$(version_of "$id")
    reference="    <PackageReference Include=\"$id\" Version=\"$version\" />"$'\n'
    references+="$reference"
    if grep -q '^```csharp' "src/$id/README.md"; then
      add_project "$id.Readme" "$reference"
      first_csharp_block "src/$id/README.md" > "$bench/projects/$id.Readme/Program.cs"
    fi
  done
  add_project All "$references"
  echo 'Console.WriteLine("Every package restores beside the others.");' > "$bench/projects/All/Program.cs"
}

version_of() { # package id
  local path
  path=$(find "$feed" -name "$1.[0-9]*.nupkg" | head -1)
  path=$(basename "$path" .nupkg)
  echo "${path#"$1".}"
}

run_program() { # name
  (cd "$bench/projects/$1" && timeout 30 dotnet bin/Release/net10.0/ReadmeProgram.dll) < /dev/null 2>&1 # some leave data
}

check_package() { # package id
  local readme="src/$1/README.md" packed output
  packed="$bench/packages/${1,,}/$(version_of "$1")/README.md"
  if ! cmp -s "$readme" "$packed"; then
    echo "package $1: was not restored from the feed with its README"
    return 1
  elif ! grep -q '^```csharp' "$readme"; then
    echo "package $1: restored; its README has no C# block"
  elif grep -m1 '^```csharp' "$readme" | grep -q 'no-run'; then
    echo "package $1: the README's block builds"
  elif output=$(run_program "$1.Readme"); then
    echo "package $1: the README's block runs: $(head -1 <<< "$output")"
  else
    printf 'package %s: the README'\''s block failed:\n%s\n' "$1" "$output"
    return 1
  fi
}

dotnet pack Chain.Core.sln -c Release -o "$feed" -v q "${options[@]}"
packages=()
for folder in src/*/; do
  id=$(basename "$folder")
  if [ -n "$(find "$feed" -name "$id.[0-9]*.nupkg")" ] && is_referable "$id"; then
    packages+=("$id")
  fi
done
[ ${#packages[@]} -gt 0 ] || { echo "error: nothing was packed" >&2; exit 1; }

reuse_third_party_packages
write_nuget_config
write_shared_properties
solution=""
write_projects
printf '<Solution>\n%s</Solution>\n' "$solution" > "$bench/Readmes.slnx"
(cd "$bench" && dotnet build Readmes.slnx -c Release -v q)

run_program All
failures=0
for id in "${packages[@]}"; do
  check_package "$id" || failures=$((failures + 1))
done
eng/check-templates.sh "$bench" || failures=$((failures + 1))
eng/check-transcripts.sh "$bench" ${long:+--long} || failures=$((failures + 1))
exit "$((failures > 0))"
