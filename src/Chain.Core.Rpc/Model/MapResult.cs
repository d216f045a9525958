using System.ComponentModel;
using Chain.Core.Ledger;

namespace Chain.Core.Rpc;

/// <summary>A map of a module's state.</summary>
internal sealed record MapResult(
    [property: Description("Its name.")] string Name,
    [property: Description("What the keys hold.")] ValueShape Key,
    [property: Description("What the values hold.")] ValueShape Value);
