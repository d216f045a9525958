using System.CommandLine;

namespace Chain.Core.App;

/// <summary>Options that several verbs have.</summary>
internal static class CommonOptions
{
    /// <summary>Assignments of keys, over the file and the environment.</summary>
    public static Option<string[]> Set() => new("--set")
    {
        Description = "a key of the configuration for this time, such as P2P:Port=7001",
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = static _ => [],
    };
}
