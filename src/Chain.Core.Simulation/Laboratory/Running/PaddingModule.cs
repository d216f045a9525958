using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>Takes bytes and does nothing with them, so that transactions of any size can be sent.</summary>
public sealed class PaddingModule : Module
{
    private const int MaxBytes = 60_000;

    private readonly ModuleMethod<ReadOnlyMemory<byte>> _carry;

    /// <summary>A module without state.</summary>
    public PaddingModule()
        : base("padding") => _carry = Method("carry", Codecs.Bytes(MaxBytes), static (_, _) => CallResult.Success);

    /// <summary>A call with so many bytes, all zero.</summary>
    /// <param name="bytes">At most 60,000.</param>
    public Call Carry(int bytes) => _carry.Call(new byte[bytes]);
}
