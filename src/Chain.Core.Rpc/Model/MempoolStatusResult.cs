using System.ComponentModel;

namespace Chain.Core.Rpc;

/// <summary>How full the mempool is.</summary>
internal sealed record MempoolStatusResult(
    [property: Description("How many transactions wait.")] int Count,
    [property: Description("What they count against its limit.")] ulong Bytes,
    [property: Description("Its limit.")] ulong MaxBytes);
