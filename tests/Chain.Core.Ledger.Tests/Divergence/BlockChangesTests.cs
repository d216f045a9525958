using Chain.Core.Wire;
using CsCheck;

namespace Chain.Core.Ledger.Tests.Divergence;

/// <summary>What a peer says that a block changed: anybody's bytes, with one spelling.</summary>
public sealed class BlockChangesTests
{
    [Fact]
    public void TryDecode_AnyOtherOrder_IsNotCanonical()
    {
        Assert.True(IsRead([(0, [1, 2]), (3, [9])]));
        Assert.False(IsRead([(0, [2, 1])]));
        Assert.False(IsRead([(0, [1, 1])]));
        Assert.False(IsRead([(3, [9]), (0, [1])]));
        Assert.False(IsRead([(0, [1]), (0, [2])]));
        Assert.False(IsRead([(0, [])]));
    }

    [Fact]
    public void TryDecode_HalfAPair_IsRefused()
    {
        Assert.False(IsRead(new WireWriter().ArrayHeader(1).ArrayHeader(2).UInt64(0).ArrayHeader(1).Bytes([1])));
        Assert.False(IsRead(new WireWriter().ArrayHeader(1).ArrayHeader(2).UInt64(0).ArrayHeader(3).Bytes([1]).Boolean(false).Bytes([2])));
        Assert.False(IsRead(new WireWriter().ArrayHeader(1).ArrayHeader(2).UInt64(0).ArrayHeader(2).Bytes([1]).Boolean(true)));
        Assert.True(IsRead(new WireWriter().ArrayHeader(1).ArrayHeader(2).UInt64(0).ArrayHeader(2).Bytes([1]).Boolean(false)));
    }

    [Fact]
    public void TryDecode_KeyOrValueTooLong_IsRefused()
    {
        Assert.True(IsRead(Pair(StateLimits.KeyBytes, StateLimits.ValueBytes)));
        Assert.False(IsRead(Pair(StateLimits.KeyBytes + 1, 1)));
        Assert.False(IsRead(Pair(1, StateLimits.ValueBytes + 1)));
    }

    [Fact]
    public void TryDecode_RandomChangesAndMutations_ReadTheSameBytesOrNothing() =>
        Gen.Select(
            Gen.Select(Gen.Byte.Array[0, 8], Gen.Byte.Array[0, 8], Gen.Bool).Array[1, 20],
            Gen.Int[0, 40],
            Gen.Int[0, 1000],
            Gen.Byte).Sample((pairs, module, at, with) =>
            {
                StateChange[] changes =
                [
                    .. pairs.DistinctBy(static pair => Convert.ToHexString(pair.Item1))
                        .Select(static pair => new StateChange(pair.Item1, pair.Item3 ? pair.Item2 : default(ReadOnlyMemory<byte>?))),
                ];
                byte[] bytes = BlockChanges.Create([new KeyedModuleChanges(module, KeyedChange.Hash(changes))]).Encoded.ToArray();
                Assert.True(WireValue.TryDecode(bytes, out BlockChanges? read, out _));
                Assert.Equal(bytes, read.Encoded.ToArray());

                bytes[at % bytes.Length] = with;
                if (WireValue.TryDecode(bytes, out read, out _))
                {
                    Assert.Equal(bytes, read.Encoded.ToArray());
                }
            });

    private static WireWriter Pair(int key, int value) =>
        new WireWriter().ArrayHeader(1).ArrayHeader(2).UInt64(0).ArrayHeader(2).Bytes(new byte[key]).Bytes(new byte[value]);

    private static bool IsRead((int Module, byte[] Keys)[] modules)
    {
        var writer = new WireWriter().ArrayHeader(modules.Length);
        foreach ((int module, byte[] keys) in modules)
        {
            writer.ArrayHeader(2).UInt64((uint)module).ArrayHeader(2 * keys.Length);
            foreach (byte key in keys)
            {
                writer.Bytes([key]).Bytes([7]);
            }
        }

        return IsRead(writer);
    }

    private static bool IsRead(WireWriter writer) => WireValue.TryDecode(writer.ToArray(), out BlockChanges? _, out _);
}
