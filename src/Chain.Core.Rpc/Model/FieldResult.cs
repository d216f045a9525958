using System.ComponentModel;
using Chain.Core.Ledger;

namespace Chain.Core.Rpc;

/// <summary>A name and what stands under it.</summary>
internal sealed record FieldResult(
    [property: Description("Its name.")] string Name,
    [property: Description("What the canonical bytes hold.")] ValueShape Shape);
