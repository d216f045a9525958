using Chain.Core.App.Errors;
using Chain.Core.Rpc;

namespace Chain.Core.App.Home;

/// <summary>Files that hold a secret in one line: a passphrase, the node's identity.</summary>
internal static class SecretFile
{
    private const int MaxBytes = 4096;

    /// <summary>The first line.</summary>
    /// <exception cref="UsageException">The file is not there, others can read it, or it is no such file.</exception>
    public static string Read(string path, string code)
    {
        if (!File.Exists(path))
        {
            throw new UsageException(code, $"{path} is not there");
        }

        if (OwnerOnlyFile.IsOpenToOthers(path))
        {
            throw new UsageException(FaultCode.FileMode, $"{path} can be read by others than its owner", "mode 0600", $"chmod 600 {path}");
        }

        return new FileInfo(path).Length <= MaxBytes && File.ReadLines(path).FirstOrDefault() is { Length: > 0 } line
            ? line
            : throw new UsageException(code, $"{path} holds no secret", "one line");
    }
}
