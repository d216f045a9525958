using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Protocol.Tests.Signing;

public sealed class SigningHistoryTests : IDisposable
{
    private static readonly BlockId Genesis = new(Sha256.Hash("genesis"u8));
    private static readonly BlockId OtherGenesis = new(Sha256.Hash("another genesis"u8));

    private readonly Ed25519PrivateKey _key = new(new byte[32]);
    private readonly MemoryStore _store = new();

    public void Dispose()
    {
        _key.Dispose();
        _store.Dispose();
    }

    [Fact]
    public void Encode_ThenDecode_GivesTheSame()
    {
        SigningHistory history = History((1, 9), (2, 7), (200, 0));

        Assert.True(SigningHistory.TryDecode(history.Encode(), out SigningHistory? read));
        Assert.Equal((history.Genesis, history.Key), (read.Genesis, read.Key));
        Assert.Equal(history.Marks, read.Marks);
    }

    [Fact]
    public void TryDecode_EveryByteChangedOrCut_NeverThrowsNorGivesTheSame()
    {
        SigningHistory history = History((1, 9), (2, 7));
        byte[] bytes = history.Encode();
        for (int i = 0; i < bytes.Length; i++)
        {
            Assert.False(SigningHistory.TryDecode(bytes.AsMemory(0, i), out _));
            byte[] changed = [.. bytes];
            changed[i] ^= 0x41;
            if (SigningHistory.TryDecode(changed, out SigningHistory? read))
            {
                Assert.False(read.Genesis == Genesis && read.Key == history.Key && read.Marks.SequenceEqual(history.Marks));
                Assert.Equal(changed, read.Encode());
            }
        }

        Assert.False(SigningHistory.TryDecode((byte[])[.. bytes, 0], out _));
    }

    [Fact]
    public void TryDecode_PurposeTwice_IsRefused() =>
        Assert.False(SigningHistory.TryDecode(History((1, 9), (1, 7)).Encode(), out _));

    [Fact]
    public void ImportInto_StoreOfTheChain_RaisesMarksAndLetsTheKeySign()
    {
        _store.Write(History((1, 20), (2, 3)).ImportInto(_store, Genesis), Durability.Durable);
        _store.Write(History((1, 9), (2, 7)).ImportInto(_store, Genesis), Durability.Durable);

        Assert.Equal([(1, 20UL), (2, 7UL)], ChainRecords.ReadSigningMarks(_store).Select(mark => ((int)mark.Purpose, mark.Watermark)));
        Assert.True(SigningHistory.TryRead(_store, Genesis, out SigningHistory? read));
        Assert.Equal(History().Key, read.Key);
        Assert.True(ChainRecords.TryReadSigner(_store, out SignerRecord signer));
        Assert.Equal(SignerRecord.Of(_key, hasWitness: false), signer);
    }

    [Fact]
    public void ImportInto_StoreOfAnotherChain_IsRefused() =>
        Assert.Throws<ArgumentException>(() => History((1, 9)).ImportInto(_store, OtherGenesis));

    [Fact]
    public void TryRead_StoreThatNeverSigned_IsFalse() => Assert.False(SigningHistory.TryRead(_store, Genesis, out _));

    private SigningHistory History(params (byte Purpose, ulong Watermark)[] marks) => new(
        Genesis,
        SignerRecord.Of(_key, hasWitness: false).Key,
        [.. marks.Select(mark => new SigningMark(mark.Purpose, mark.Watermark, Sha256.Hash([mark.Purpose])))]);
}
