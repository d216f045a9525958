using System.Runtime.CompilerServices;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>Some of the places of a validator set, one bit each.</summary>
internal struct PlaceSet
{
    private const int BitsPerWord = 64;

    private Words _words;

    public readonly bool Contains(int place) => (_words[place / BitsPerWord] & (1UL << (place % BitsPerWord))) != 0;

    public void Add(int place) => _words[place / BitsPerWord] |= 1UL << (place % BitsPerWord);

    [InlineArray(StakeLimits.Validators / BitsPerWord)]
    private struct Words
    {
        private ulong _first;
    }
}
