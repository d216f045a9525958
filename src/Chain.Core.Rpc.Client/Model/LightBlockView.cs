namespace Chain.Core.Rpc.Client;

/// <summary>A final block with what is said to prove it.</summary>
/// <param name="Header">The canonical header.</param>
/// <param name="Certificate">What is said to make it final.</param>
/// <param name="Validators">Who are said to vote in its epoch.</param>
public sealed record LightBlockView(
    ReadOnlyMemory<byte> Header,
    ReadOnlyMemory<byte> Certificate,
    IReadOnlyList<ValidatorView> Validators);
