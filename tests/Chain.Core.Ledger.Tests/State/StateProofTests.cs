using System.Numerics;
using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Ledger.Tests.State;

public sealed class StateProofTests
{
    private static readonly string[] Modules = ["token", "accounts", "chain"];

    [Fact]
    public void TryVerify_EveryKeySetOrNot_ProvesItsValueOrItsAbsence()
    {
        for (int count = 0; count < 40; count++)
        {
            ChainState state = StateOf(count);
            for (int i = 0; i < 45; i++)
            {
                byte[] key = BitConverter.GetBytes(i);
                StateProof proof = Decoded(state.Prove("token", key));

                Assert.True(proof.TryVerify(state.Root, "token", key, out ReadOnlyMemory<byte>? value));
                Assert.Equal(i < count, value is not null);
                Assert.Equal(i < count ? ValueOf(i) : null, value?.ToArray());
            }
        }
    }

    [Fact]
    public void TryVerify_OtherRootModuleOrKey_IsFalse()
    {
        ChainState state = StateOf(30);
        StateProof proof = Decoded(state.Prove("token", BitConverter.GetBytes(3)));

        Assert.False(proof.TryVerify(StateOf(31).Root, "token", BitConverter.GetBytes(3), out ReadOnlyMemory<byte>? value));
        Assert.Null(value);
        Assert.False(proof.TryVerify(state.Root, "accounts", BitConverter.GetBytes(3), out _));
        Assert.False(proof.TryVerify(state.Root, "nothing", BitConverter.GetBytes(3), out _));
        for (int other = 0; other < 40; other++)
        {
            // A proof of one key may show the absence of a key beside it, never a presence.
            bool proven = proof.TryVerify(state.Root, "token", BitConverter.GetBytes(other), out ReadOnlyMemory<byte>? found);
            Assert.True(other == 3 ? proven : found is null);
            Assert.True(other == 3 || other >= 30 || !proven);
        }
    }

    [Fact]
    public void TryVerify_AbsenceProofForAKeyThatIsSet_IsFalse()
    {
        ChainState state = StateOf(64);
        for (int absent = 64; absent < 200; absent++)
        {
            StateProof proof = Decoded(state.Prove("token", BitConverter.GetBytes(absent)));
            for (int set = 0; set < 64; set++)
            {
                Assert.False(proof.TryVerify(state.Root, "token", BitConverter.GetBytes(set), out _));
            }
        }
    }

    [Fact]
    public void TryVerify_OwnLeafPresentedAsAnothers_DoesNotProveAbsence()
    {
        StateTree tree = StateTree.Open(new MemoryReader(), default).Apply([Change(3)]);
        ChainState state = ChainState.CreateEmpty(new MemoryReader(), ["token"]).Apply([new ModuleChanges("token", [Change(3)])]);
        byte[] key = BitConverter.GetBytes(3);
        StatePath forged = StatePath.OtherLeaf([], StateHashes.Key(key), StateHashes.Value(ValueOf(3)));
        StateProof proof = StateProof.Create(1, 0, [], forged);

        Assert.True(proof.TryVerify(state.Root, "token", BitConverter.GetBytes(4), out ReadOnlyMemory<byte>? absent));
        Assert.Null(absent);
        Assert.False(proof.TryVerify(state.Root, "token", key, out _));
        Assert.Equal(ChainState.LeafOf("token", tree.Root), state.Root);
    }

    [Fact]
    public void TryDecode_AnyByteChangedOrCut_NeverProvesAnotherValue()
    {
        ChainState state = StateOf(50);
        byte[] key = BitConverter.GetBytes(3);
        byte[] honest = state.Prove("token", key).Encoded.ToArray();
        int decoded = 0;
        for (int i = 0; i < honest.Length; i++)
        {
            Assert.False(StateProof.TryDecode(honest.AsMemory(0, i), out _));
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] mutant = [.. honest];
                mutant[i] ^= (byte)(1 << bit);
                if (StateProof.TryDecode(mutant, out StateProof? proof))
                {
                    decoded++;
                    bool proven = proof.TryVerify(state.Root, "token", key, out ReadOnlyMemory<byte>? value);
                    Assert.True(!proven || (value is { } found && found.Span.SequenceEqual(ValueOf(3))));
                }
            }
        }

        Assert.NotEqual(0, decoded);
        Assert.False(StateProof.TryDecode((byte[])[.. honest, 0], out _));
    }

    [Fact]
    public void TryDecode_RandomBytes_NeverThrows()
    {
        var random = new DeterministicRandom(3);
        for (int i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.NextIndex(80)];
            foreach (ref byte b in bytes.AsSpan())
            {
                b = (byte)random.NextBelow(256);
            }

            if (bytes.Length > 0)
            {
                bytes[0] = 0x94;
            }

            if (StateProof.TryDecode(bytes, out StateProof? proof))
            {
                Assert.False(proof.TryVerify(Sha256.Hash([1]), "token", [1], out _));
            }
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(20_000)]
    public void Encoded_ManyKeys_IsWithinTheStatedSizeOnAverage(int count)
    {
        ChainState state = StateOf(count);
        long bytes = 0;
        int worst = 0;
        int proofs = int.Min(count, 1000);
        for (int i = 0; i < proofs; i++)
        {
            int size = state.Prove("token", BitConverter.GetBytes(i)).Encoded.Length - ValueOf(i).Length;
            bytes += size;
            worst = int.Max(worst, size);
        }

        int bits = BitOperations.Log2((uint)count);
        Assert.InRange(bytes / proofs, 32 * (bits - 2), 32 * (bits + 3));
        Assert.True(worst <= 32 * (2 * bits + 4), $"{worst} bytes");
    }

    [Fact]
    public void Prove_ModuleThatIsNot_Throws() => Assert.Throws<ArgumentException>(() => StateOf(1).Prove("nothing", [1]));

    [Fact]
    public void Open_AnyWrittenState_HasItsContent()
    {
        var store = new MemoryReader();
        ChainState first = ChainState.CreateEmpty(store, Modules).Apply([new ModuleChanges("token", [Change(1)])]);
        ChainState second = first.Apply([new ModuleChanges("token", [Change(2)]), new ModuleChanges("chain", [Change(1)])]);
        foreach (ChainState state in (ChainState[])[first, second])
        {
            var batch = new WriteBatch();
            state.WriteNew(batch);
            store.Apply(batch);
        }

        ChainState older = ChainState.Open(store, first.Root);
        ChainState newer = ChainState.Open(store, second.Root);

        Assert.Equal(["accounts", "chain", "token"], newer.Modules);
        Assert.True(newer.TryGet("chain", BitConverter.GetBytes(1), out _));
        Assert.False(older.TryGet("chain", BitConverter.GetBytes(1), out _));
        Assert.True(older.TryGet("token", BitConverter.GetBytes(1), out _));
        Assert.False(older.TryGet("nothing", BitConverter.GetBytes(1), out _));
    }

    private static StateProof Decoded(StateProof proof)
    {
        Assert.True(StateProof.TryDecode(proof.Encoded, out StateProof? decoded));
        return decoded;
    }

    private static ChainState StateOf(int count) =>
        ChainState.CreateEmpty(new MemoryReader(), Modules)
            .Apply([new ModuleChanges("token", [.. Enumerable.Range(0, count).Select(Change)]), new ModuleChanges("chain", [Change(1)])]);

    private static StateChange Change(int i) => new(BitConverter.GetBytes(i), ValueOf(i));

    private static byte[] ValueOf(int i) => BitConverter.GetBytes(i * 7L);
}
