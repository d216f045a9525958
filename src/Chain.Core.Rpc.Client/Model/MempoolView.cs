namespace Chain.Core.Rpc.Client;

/// <summary>How full the mempool is.</summary>
/// <param name="Count">How many transactions wait.</param>
/// <param name="Bytes">What they count against its limit.</param>
/// <param name="MaxBytes">Its limit.</param>
public sealed record MempoolView(int Count, ulong Bytes, ulong MaxBytes);
