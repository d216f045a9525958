using Chain.Core.Consensus;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Engines;

/// <summary>One node that seals at once: the floor of what any engine costs.</summary>
internal sealed class DevEngineEntry : ILaboratoryEngine
{
    public string Name => "dev";

    public string Description => "development: the first node seals on an interval, and nobody checks; the floor for every other engine";

    public IReadOnlyList<EngineOption> Options { get; } = [new("interval", "1s", "the time from block to block")];

    public EngineSetup Set(EngineRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var plugin = new DevConsensus(new DevOptions
        {
            SealsOnTransactions = false,
            Interval = request.Duration("interval", TimeSpan.FromSeconds(1)),
        });
        return new EngineSetup
        {
            Consensus = _ => plugin,
            Node = static (node, options) => options with { Engine = options.Engine with { ProducesBlocks = node == 0 } },
            FinalDepth = 0,
            Notes = ["Only the first node makes blocks, whatever the shares; a block counts as final at once."],
        };
    }
}
