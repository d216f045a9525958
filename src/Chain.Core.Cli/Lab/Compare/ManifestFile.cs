using Chain.Core.App.Errors;
using Chain.Core.Cli.Lab.Run;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Compare;

/// <summary>Reads manifests by the path of the file or of its folder.</summary>
internal static class ManifestFile
{
    /// <exception cref="UsageException">There is none, or it does not read.</exception>
    public static RunManifest Read(string path)
    {
        string file = Directory.Exists(path) ? Path.Combine(path, ResultFolder.Manifest) : path;
        if (!File.Exists(file))
        {
            throw new UsageException(FaultCode.Manifest, $"there is no file {file}", "a manifest.json that 'chain lab run' wrote, or its folder");
        }

        return ManifestJson.TryRead(File.ReadAllText(file), out RunManifest? manifest, out string problem)
            ? manifest
            : throw new UsageException(FaultCode.Manifest, $"{file} is no manifest: {problem}", "a manifest.json that 'chain lab run' wrote");
    }
}
