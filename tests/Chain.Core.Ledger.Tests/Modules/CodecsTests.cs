using Chain.Core.Machines;
using Chain.Core.Wire;
using CsCheck;

namespace Chain.Core.Ledger.Tests.Modules;

public sealed class CodecsTests
{
    private static readonly Codec<(string, ulong, bool)> Compound = Codecs.Triple(Codecs.Text(20), Codecs.U64, Codecs.Boolean);

    private static readonly Codec<IReadOnlyList<(string, ulong, bool)>> Nested = Codecs.List(Compound, 10);

    [Fact]
    public void TryDecode_WhatWasEncoded_IsTheSame() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 0, 20], Gen.ULong, Gen.Bool).Array[0, 10].Sample(static values =>
            Nested.TryDecode(Nested.Encode(values), out IReadOnlyList<(string, ulong, bool)>? read) && read.SequenceEqual(values));

    [Fact]
    public void TryDecode_RandomBytes_IsRefusedOrCanonical()
    {
        var random = new DeterministicRandom(2);
        int decoded = 0;
        for (int i = 0; i < 50_000; i++)
        {
            byte[] bytes = [0x93, (byte)(0xA0 + random.NextBelow(3)), .. Enumerable.Range(0, random.NextIndex(12)).Select(_ => (byte)random.NextBelow(256))];
            if (Compound.TryDecode(bytes, out (string, ulong, bool) value))
            {
                decoded++;
                Assert.Equal(bytes, Compound.Encode(value));
            }
        }

        Assert.NotEqual(0, decoded);
    }

    [Fact]
    public void TryDecode_AboveTheLimit_IsRefused()
    {
        Assert.False(Codecs.Text(3).TryDecode(Codecs.Text(4).Encode("four"), out _));
        Assert.False(Codecs.Bytes(3).TryDecode(Codecs.Bytes(4).Encode(new byte[4]), out _));
        Assert.False(Codecs.List(Codecs.U64, 1).TryDecode(Codecs.List(Codecs.U64, 2).Encode([1, 2]), out _));
        Assert.False(Codecs.U32.TryDecode(Codecs.U64.Encode(uint.MaxValue + 1UL), out _));
    }

    [Fact]
    public void Encode_AboveTheLimit_Throws()
    {
        Assert.Throws<ArgumentException>(() => Codecs.Text(3).Encode("four"));
        Assert.Throws<ArgumentException>(() => Codecs.Bytes(3).Encode(new byte[4]));
        Assert.Throws<ArgumentException>(() => Codecs.List(Codecs.U64, 1).Encode([1, 2]));
    }

    [Fact]
    public void As_AnotherType_HasTheSameBytes()
    {
        Assert.Equal(Codecs.U64.Encode(12), Codecs.Height.Encode(new BlockHeight(12)));
        Assert.True(Codecs.Height.TryDecode(Codecs.U64.Encode(12), out BlockHeight height));
        Assert.Equal(new BlockHeight(12), height);
    }

    [Fact]
    public void Shape_OfNestedCodecs_IsThatOfTheBytes()
    {
        Codec<IReadOnlyList<(AccountAddress, string)>> codec = Codecs.List(Codecs.Pair(Codecs.Address, Codecs.Text(9)).Named("who", "what"), 3);

        var list = Assert.IsType<ValueShape.List>(codec.Shape);
        var pair = Assert.IsType<ValueShape.Tuple>(list.Element);
        Assert.Equal(3, list.MaxCount);
        Assert.Equal([new ValueField("who", new ValueShape.Address()), new ValueField("what", new ValueShape.Text(9))], pair.Fields);
    }

    [Fact]
    public void Shape_AnotherType_IsTheSameUnlessItIsSaid()
    {
        Assert.Equal(new ValueShape.Height(), Codecs.Height.Shape);
        Assert.Equal(new ValueShape.Integer(64), Codecs.U64.As(static value => (long)value, static value => (ulong)value).Shape);
        Assert.Equal(
            new ValueShape.Opaque(),
            new Codec<ulong>(static (writer, value) => writer.UInt64(value), static (ref WireReader reader, out ulong value) => reader.TryReadUInt64(out value)).Shape);
    }

    [Fact]
    public void Named_OtherNumberOfElementsOrNoArray_Throws()
    {
        Assert.Throws<ArgumentException>(() => Codecs.Pair(Codecs.U64, Codecs.U64).Named("one"));
        Assert.Throws<ArgumentException>(() => Codecs.U64.Named("one"));
    }
}
