namespace Chain.Core.Rpc;

/// <summary>Files with a secret that only their owner may read: mode 0600, where the system has modes.</summary>
public static class OwnerOnlyFile
{
    internal const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Whether others than the owner may use the file; never on Windows, which has no modes.</summary>
    /// <exception cref="IOException">The file is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not look at it.</exception>
    public static bool IsOpenToOthers(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~Mode) != 0;
}
