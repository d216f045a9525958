using Chain.Core.Crypto;

namespace Chain.Core.Wire.Tests.Chain;

public sealed class TransactionTests
{
    [Fact]
    public void Sign_ThenVerify_HoldsForItsOwnChainOnly()
    {
        Assert.True(Verifies(Samples.Transfer, Samples.Genesis));
        Assert.False(Verifies(Samples.Transfer, BlockId.None));
        Assert.False(Verifies(Samples.Transfer, Samples.Header.Id));
    }

    [Fact]
    public void Decode_AnyBitOfASignedTransactionFlipped_NeverVerifies()
    {
        byte[] encoded = Samples.Greeting.Encoded.ToArray();
        int decodable = 0;
        for (int bit = 0; bit < encoded.Length * 8; bit += 3)
        {
            encoded[bit / 8] ^= (byte)(1 << (bit % 8));
            if (WireValue.TryDecode(encoded.ToArray(), out Transaction? mutant, out _))
            {
                decodable++;
                Assert.False(mutant.Scheme == SignatureSchemeTag.Ed25519 && Verifies(mutant, Samples.Genesis));
                Assert.NotEqual(Samples.Greeting.Id, mutant.Id);
            }

            encoded[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.InRange(decodable, 100, int.MaxValue);
    }

    [Fact]
    public void ClaimFor_SignatureOfEveryHeaderWidth_SignsTheInnerArray()
    {
        foreach (int length in new[] { 64, 255, 256, WireLimits.SignatureBytes })
        {
            TransactionTerms terms = Samples.Transfer.Terms;
            var signer = new RecordingSigner(length);
            Transaction transaction = Transaction.Sign(in terms, Samples.Genesis, signer);
            Assert.Equal(signer.Signed, transaction.ClaimFor(Samples.Genesis).Message.ToArray());
            Assert.Equal(length, transaction.Signature.Length);
        }
    }

    [Theory]
    [InlineData(WireLimits.NameBytes + 1, 1, 0)]
    [InlineData(1, WireLimits.NameBytes + 1, 0)]
    [InlineData(1, 1, WireLimits.ArgumentBytes + 1)]
    public void Sign_TermsAboveTheLimits_Throws(int module, int method, int arguments)
    {
        var terms = new TransactionTerms(0, 0, new BlockHeight(1), new Call(new string('a', module), new string('b', method), new byte[arguments]));
        Assert.Throws<ArgumentException>(() => Transaction.Sign(in terms, Samples.Genesis, new RecordingSigner(64)));
    }

    [Fact]
    public void Sign_KeyAndSignatureAboveTheLimits_Throws()
    {
        TransactionTerms terms = Samples.Transfer.Terms;
        Assert.Throws<ArgumentException>(() => Transaction.Sign(in terms, Samples.Genesis, new RecordingSigner(WireLimits.SignatureBytes + 1)));
        Assert.Throws<ArgumentException>(() => Transaction.Sign(in terms, Samples.Genesis, new RecordingSigner(64, WireLimits.PublicKeyBytes + 1)));
        Assert.Throws<ArgumentException>(() => Transaction.Sign(in terms, Samples.Genesis, new RecordingSigner(64, 32, SignatureSchemeTag.None)));
    }

    [Fact]
    public void Decode_SmallerThanTheSmallest_IsOutOfRange()
    {
        var terms = new TransactionTerms(0, 0, new BlockHeight(0), new Call("", "", default));
        Assert.Throws<ArgumentException>(() => Transaction.Sign(in terms, Samples.Genesis, new RecordingSigner(32, 32)));
        byte[] encoded = new WireWriter()
            .ArrayHeader(2)
            .ArrayHeader(8).UInt64(1).Bytes([]).UInt64(0).UInt64(0).UInt64(0).String("").String("").Bytes([])
            .Bytes([])
            .ToArray();
        Assert.False(WireValue.TryDecode(encoded, out Transaction? _, out WireError error));
        Assert.Equal(WireError.OutOfRange, error);
    }

    [Fact]
    public void Detach_PartOfABlock_IsEqualWithBytesOfItsOwn()
    {
        Transaction inBlock = Samples.Block.Transactions[1];
        Transaction own = inBlock.Detach();
        Assert.NotSame(inBlock, own);
        Assert.Same(own, own.Detach());
        Assert.Equal(inBlock.Id, own.Id);
        Assert.Equal(inBlock.Sender, own.Sender);
        Assert.Equal(inBlock.Encoded.ToArray(), own.Encoded.ToArray());
        Assert.True(Verifies(own, Samples.Genesis));
        Assert.True(own.Encoded.Span.Overlaps(own.SenderKey.Span) && own.Encoded.Span.Overlaps(own.Terms.Call.Arguments.Span));
    }

    private static bool Verifies(Transaction transaction, BlockId genesis)
    {
        SignatureClaim claim = transaction.ClaimFor(genesis);
        return Ed25519.Verify(claim.PublicKey.Span, claim.Message.Span, claim.Signature.Span);
    }

    private sealed class RecordingSigner(int signature, int key = 32, SignatureSchemeTag scheme = SignatureSchemeTag.MLDsa65) : ISigner
    {
        public byte[] Signed { get; private set; } = [];

        public SignatureSchemeTag Scheme => scheme;

        public ReadOnlyMemory<byte> PublicKey { get; } = new byte[key];

        public byte[] Sign(ReadOnlySpan<byte> message)
        {
            Signed = message.ToArray();
            return new byte[signature];
        }
    }
}
