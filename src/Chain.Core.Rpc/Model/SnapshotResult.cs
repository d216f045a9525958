using System.ComponentModel;

namespace Chain.Core.Rpc;

/// <summary>A moment of a dev chain.</summary>
internal sealed record SnapshotResult(
    [property: Description("Its number, for dev_v1_revert.")] int Snapshot,
    [property: Description("The head of that moment.")] BlockPlace Head);
