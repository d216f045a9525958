namespace Chain.Core.App.Errors;

/// <summary>
/// The stable codes of what an operator can get wrong. A code is never used again for something else;
/// <c>docs/codes.md</c> explains each.
/// </summary>
internal static class FaultCode
{
    /// <summary>The command line does not parse: an unknown verb or option, or an argument too many.</summary>
    public const string CommandLine = "CC2001";

    /// <summary>A key of the configuration is not known.</summary>
    public const string UnknownKey = "CC2002";

    /// <summary>The value of an option or a key is not one that it takes.</summary>
    public const string Value = "CC2003";

    /// <summary>The configuration file is not there or does not read.</summary>
    public const string ConfigurationFile = "CC2004";

    /// <summary>The folder of the node is not there, or holds what would have to be overwritten.</summary>
    public const string Home = "CC2005";

    /// <summary>The genesis file is not there or does not read, or is of another chain.</summary>
    public const string Genesis = "CC2006";

    /// <summary>A key is not there, is there already, or does not open.</summary>
    public const string Key = "CC2007";

    /// <summary>Others than its owner can read a file of secrets.</summary>
    public const string FileMode = "CC2008";

    /// <summary>The passphrase is missing or wrong.</summary>
    public const string Passphrase = "CC2009";

    /// <summary>A port cannot be used.</summary>
    public const string Port = "CC2010";

    /// <summary>The data folder belongs to another chain, is in use, or is damaged.</summary>
    public const string Store = "CC2011";

    /// <summary>No node answers.</summary>
    public const string NodeUnreachable = "CC2012";

    /// <summary>A transaction does not read.</summary>
    public const string Transaction = "CC2013";

    /// <summary>A checkpoint does not read, or the node contradicts it.</summary>
    public const string Checkpoint = "CC2014";

    /// <summary>There is no such code.</summary>
    public const string UnknownCode = "CC2015";

    /// <summary>A key of the configuration was changed and needs a restart.</summary>
    public const string NeedsRestart = "CC2016";

    /// <summary>The answer of a node was a refusal, or none.</summary>
    public const string NodeRefused = "CC2017";

    /// <summary>The node must not vote with this key: it may have signed before, elsewhere or with data that is gone.</summary>
    public const string Signer = "CC2018";

    /// <summary>A file cannot be read or written.</summary>
    public const string File = "CC2019";

    /// <summary>The chain has no such call, or the call takes other arguments.</summary>
    public const string Call = "CC2020";

    /// <summary>A task of the program failed and nobody looked at its exception.</summary>
    public const string Unobserved = "CC2022";

    /// <summary>A testnet is not there, or is not what the command needs.</summary>
    public const string Testnet = "CC2030";

    /// <summary>A key for development is wanted, and there is none of this name or the node is not on this machine.</summary>
    public const string DevKey = "CC2031";

    /// <summary>There is no engine of this name, or its options do not read.</summary>
    public const string Engine = "CC2103";

    /// <summary>An assembly holds no engine, or does not load.</summary>
    public const string EngineAssembly = "CC2104";

    /// <summary>There is no such scenario, or its file does not read.</summary>
    public const string Scenario = "CC2105";

    /// <summary>A manifest does not read.</summary>
    public const string Manifest = "CC2106";
}
