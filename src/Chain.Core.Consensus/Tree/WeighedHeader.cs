using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>A header and the weight of the chain up to and with it: one object for all trees that share what they judged.</summary>
internal sealed class WeighedHeader(BlockHeader header, in UInt256 weight)
{
    private readonly UInt256 _weight = weight;

    internal BlockHeader Header => header;

    internal UInt256 Weight => _weight;
}
