using System.Reflection;

namespace Chain.Core.App.Testnet;

/// <summary>This program, to be started once more in a process of its own.</summary>
internal static class OwnProgram
{
    /// <summary>The words that start it: its executable, or the host of .NET with its assembly.</summary>
    public static IReadOnlyList<string> Command { get; } = IsDotnetHost
        ? [Environment.ProcessPath!, Path.Combine(AppContext.BaseDirectory, $"{Assembly.GetEntryAssembly()!.GetName().Name}.dll")]
        : [Environment.ProcessPath!];

    private static bool IsDotnetHost =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
}
