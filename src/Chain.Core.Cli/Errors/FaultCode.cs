namespace Chain.Core.Cli.Errors;

/// <summary>The stable codes of what a user can get wrong. A code is never used again for something else.</summary>
internal static class FaultCode
{
    /// <summary>The command line does not parse: an unknown verb or option, or an argument too many.</summary>
    public const string CommandLine = "CC4001";

    /// <summary>The value of an option is not one that it takes.</summary>
    public const string OptionValue = "CC4002";

    /// <summary>There is no engine of this name, or its options do not read.</summary>
    public const string Engine = "CC4003";

    /// <summary>An assembly holds no engine, or does not load.</summary>
    public const string EngineAssembly = "CC4004";

    /// <summary>There is no such scenario, or its file does not read.</summary>
    public const string Scenario = "CC4005";

    /// <summary>A manifest does not read.</summary>
    public const string Manifest = "CC4006";
}
