using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>Takes bytes and does nothing with them, so that transactions of any size can be sent.</summary>
internal sealed class PaddingModule : Module
{
    private const int MaxBytes = 60_000;

    private readonly ModuleMethod<ReadOnlyMemory<byte>> _carry;

    public PaddingModule()
        : base("padding") => _carry = Method("carry", Codecs.Bytes(MaxBytes), static (_, _) => CallResult.Success);

    public Call Carry(int bytes) => _carry.Call(new byte[bytes]);
}
