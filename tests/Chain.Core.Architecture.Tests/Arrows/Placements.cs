namespace Chain.Core.Architecture.Tests.Arrows;

/// <summary>The drawing of ARCHITECTURE.md. A project that is not here fails the tests until it is placed.</summary>
internal static class Placements
{
    /// <summary>Below this level nothing references a plug-in.</summary>
    public const int FacesLevel = 7;

    /// <summary>What is made of faces: the operator's verbs serve RPC, call it and start whole nodes.</summary>
    public const int AppsLevel = 8;

    /// <summary>What is made of apps.</summary>
    public const int ToolsLevel = 9;

    public static IReadOnlyDictionary<string, Placement> All { get; } = new Dictionary<string, Placement>
    {
        ["Chain.Core.Crypto"] = Pure(0, "BouncyCastle.Cryptography"),
        ["Chain.Core.Wire"] = Pure(1),
        ["Chain.Core.Machines"] = Pure(2),
        ["Chain.Core.Gossip"] = Pure(3),
        ["Chain.Core.Consensus"] = Pure(3),
        ["Chain.Core.Storage"] = Driver(3),
        ["Chain.Core.Transport"] = Driver(3),
        ["Chain.Core.Ledger"] = Pure(4),
        ["Chain.Core.Consensus.ProofOfWork"] = PlugIn(4, isPure: true),
        ["Chain.Core.Consensus.ProofOfStake"] = PlugIn(4, isPure: true),
        ["Chain.Core.Storage.RocksDb"] = PlugIn(4, isPure: false, "RocksDB", "ZstdSharp.Port"),
        ["Chain.Core.Storage.PostgreSql"] = PlugIn(4, isPure: false, "Npgsql"),
        ["Chain.Core.Protocol"] = Pure(5),
        ["Chain.Core.Node"] = Driver(
            6,
            "Microsoft.Extensions.Diagnostics.HealthChecks",
            "Microsoft.Extensions.Hosting.Abstractions",
            "Microsoft.Extensions.Logging.Abstractions",
            "Microsoft.Extensions.Options"),
        ["Chain.Core.Simulation"] = Driver(6),
        ["Chain.Core.Rpc"] = Driver(FacesLevel, "Microsoft.AspNetCore.App"),
        ["Chain.Core.Rpc.Client"] = Driver(FacesLevel),
        ["Chain.Core.Analyzers"] = Driver(FacesLevel, "Microsoft.CodeAnalysis.CSharp"),
        ["Chain.Core.Analyzers.CodeFixes"] = Driver(AppsLevel, "Microsoft.CodeAnalysis.CSharp.Workspaces"),
        ["Chain.Core.Templates"] = Driver(FacesLevel),
        ["Chain.Core.App"] = Driver(AppsLevel, "OpenTelemetry", "OpenTelemetry.Exporter.OpenTelemetryProtocol", "System.CommandLine"),
        ["Chain.Core.Cli"] = Driver(ToolsLevel, "Microsoft.Orleans.Server", "Spectre.Console", "System.CommandLine"),
        ["Chain.Core"] = Driver(FacesLevel),
    };

    private static Placement Pure(int level, params string[] packages) => new(level, true, false, packages);

    private static Placement Driver(int level, params string[] packages) => new(level, false, false, packages);

    private static Placement PlugIn(int level, bool isPure, params string[] packages) => new(level, isPure, true, packages);
}
