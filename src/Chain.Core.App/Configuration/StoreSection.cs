using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Chain.Core.Protocol;

namespace Chain.Core.App.Configuration;

/// <summary>The node and what it keeps.</summary>
internal sealed class StoreSection
{
    [Description("The folder of the chain's data, relative to the folder of the node.")]
    [Required(ErrorMessage = "a folder")]
    public string Data { get; init; } = "data";

    [Description("How many blocks below the head keep their states; 0 keeps all for ever.")]
    [Range(0, 100_000_000, ErrorMessage = "0 to 100000000 blocks")]
    public int StateWindow { get; init; } = FullNodeOptions.DefaultStateWindow;

    [Description("Whether transactions can be found by their ids.")]
    public bool IndexTransactions { get; init; } = true;

    [Description("Threads for signatures, execution and the search for seals; 0 for one for each processor.")]
    [Range(0, 1024, ErrorMessage = "0 to 1024 threads")]
    public int JobThreads { get; init; }
}
