namespace Chain.Core.Wire.Tests.Canonical;

/// <summary>The quick writer of transactions against the plain one.</summary>
public sealed class SpanWriterTests
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz\u007f\u0000";
    private const string Others = "\u0080\u00e9\u07ff\u0800\u20ac\uffff";

    [Fact]
    public void Name_OfEveryLengthAndMixture_IsThatOfTheWriter()
    {
        for (int length = 0; length <= 80; length++)
        {
            string ascii = new([.. Enumerable.Range(0, length).Select(i => Letters[(i * 7 + length) % Letters.Length])]);
            RequireName(ascii);
            for (int place = 0; place < length; place++)
            {
                RequireName(ascii[..place] + Others[(place + length) % Others.Length] + ascii[(place + 1)..]);
            }
        }

        RequireName(new string('a', 255));
        RequireName(new string('\u20ac', 85));
    }

    [Fact]
    public void Name_Of256Bytes_Throws() => Assert.Throws<OverflowException>(() => RequireName(new string('a', 256)));

    [Fact]
    public void UInt64_AtEveryEdge_IsThatOfTheWriter()
    {
        for (int bit = 0; bit <= 64; bit++)
        {
            UInt128 edge = UInt128.One << bit;
            foreach (UInt128 value in new[] { edge - 1, edge, edge + 1 }.Where(static each => each <= ulong.MaxValue))
            {
                Require(new WireWriter().UInt64((ulong)value).ToArray(), (ref SpanWriter writer) => writer.UInt64((ulong)value));
            }
        }
    }

    [Fact]
    public void Bytes_OfEveryLength_AreThoseOfTheWriter()
    {
        foreach (int length in Enumerable.Range(0, 300).Concat([65_535, 65_536]))
        {
            byte[] value = [.. Enumerable.Range(0, length).Select(static i => unchecked((byte)(i * 31)))];
            Require(new WireWriter().Bytes(value).ToArray(), (ref SpanWriter writer) => writer.Bytes(value));
        }
    }

    [Fact]
    public void Encode_IntoAllLengthsOfRoom_IsRightOrRefused()
    {
        var random = new Random(46);
        for (int i = 0; i < 300; i++)
        {
            var call = new Call(Letters[..random.Next(20)], new string('\u20ac', random.Next(12)), new byte[random.Next(100)]);
            var terms = new TransactionTerms((ulong)random.NextInt64() >> random.Next(63), (ulong)random.NextInt64(), new BlockHeight(9), call);
            byte[] key = new byte[random.Next(70)];
            byte[] signature = new byte[random.Next(300)];
            byte[] expected = new WireWriter()
                .ArrayHeader(2)
                .ArrayHeader(8)
                .UInt64(2)
                .Bytes(key)
                .UInt64(terms.Nonce)
                .UInt64(terms.Fee)
                .UInt64(terms.ValidUntil.Value)
                .String(call.Module)
                .String(call.Method)
                .Bytes(call.Arguments.Span)
                .Bytes(signature)
                .ToArray();
            var room = new byte[WireLimits.TransactionBytes];
            int length = Transaction.Encode(in terms, (Crypto.SignatureSchemeTag)2, key, signature, room);
            Assert.Equal(expected, room[..length]);
            Assert.Throws<ArgumentException>(() => Transaction.Encode(in terms, (Crypto.SignatureSchemeTag)2, key, signature, new byte[expected.Length]));
        }
    }

    [Fact]
    public void Encode_FieldsBeyondAnyTransaction_WritesNothingBehindTheRoom()
    {
        var terms = new TransactionTerms(0, 0, default, new Call("token", "transfer", new byte[WireLimits.TransactionBytes]));

        Assert.Throws<ArgumentException>(() =>
            Transaction.Encode(in terms, (Crypto.SignatureSchemeTag)1, new byte[32], new byte[64], new byte[WireLimits.TransactionBytes]));
    }

    private delegate void Writing(ref SpanWriter writer);

    private static void RequireName(string name) =>
        Require(new WireWriter().String(name).ToArray(), (ref SpanWriter writer) => writer.Name(name));

    /// <summary>The same bytes, and nothing written further behind them than the writer says.</summary>
    private static void Require(byte[] expected, Writing write)
    {
        var room = new byte[(3 * expected.Length) + 64];
        var writer = new SpanWriter(room);
        write(ref writer);
        Assert.Equal(expected, room[..writer.Position]);
        Assert.All(room[(writer.Position + SpanWriter.Slack)..], static each => Assert.Equal(0, each));
    }
}
