using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client;

/// <summary>Which block something is about.</summary>
/// <param name="Height">Its height.</param>
/// <param name="Id">Its id.</param>
public sealed record BlockPlace(BlockHeight Height, BlockId Id)
{
    /// <inheritdoc/>
    public override string ToString() => $"#{Height} {Id}";
}
