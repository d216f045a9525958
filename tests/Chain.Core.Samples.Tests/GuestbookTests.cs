using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Node;
using Chain.Core.Storage;
using Chain.Core.Wire;
using CustomChain;

namespace Chain.Core.Samples.Tests;

public sealed class GuestbookTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Ed25519PrivateKey Alice = new([.. Enumerable.Repeat((byte)1, Ed25519PrivateKey.SeedSize)]);
    private static readonly AccountAddress AliceName = AccountAddress.FromKey(Alice.Scheme, Alice.PublicKey.Span);

    private static GuestbookModule Guestbook => GuestbookChain.Guestbook;

    [Fact]
    public async Task Sign_FirstTime_IsInTheStateAndReported()
    {
        await using ChainNode node = await StartAsync();

        InclusionReceipt receipt = await SignAsync(node, 0, "hello");

        Assert.Equal(TransactionStatus.Applied, receipt.Status);
        Assert.True(Guestbook.Signed.TryRead(Assert.Single(receipt.Receipt.Events), out (AccountAddress Guest, string Text) signed));
        Assert.Equal((AliceName, "hello"), signed);
        Assert.Equal((receipt.Height, "hello"), node.Query((_, state) => Guestbook.Entries.GetOr(state, AliceName, default)));
        Assert.Equal(1UL, node.Query((_, state) => Guestbook.CountOf(state)));
    }

    [Theory]
    [InlineData("", "write something")]
    [InlineData("again", "you have signed already")]
    public async Task Sign_EmptyOrTwice_FailsAndChangesNothing(string text, string reason)
    {
        await using ChainNode node = await StartAsync();
        await SignAsync(node, 0, "hello");

        InclusionReceipt receipt = await SignAsync(node, 1, text);

        Assert.Equal(TransactionStatus.Failed, receipt.Status);
        Assert.Equal(reason, receipt.Receipt.Reason);
        Assert.Equal("hello", node.Query((_, state) => Guestbook.Entries.GetOr(state, AliceName, default)).Text);
        Assert.Equal(1UL, node.Query((_, state) => Guestbook.CountOf(state)));
    }

    [Fact]
    public async Task Prove_EntryAndAbsence_HoldAgainstTheHeaderOnly()
    {
        await using ChainNode node = await StartAsync();
        await SignAsync(node, 0, "hello");
        var stranger = new AccountAddress(Sha256.Hash("nobody"u8));

        (BlockHeader head, StateProof mine, StateProof none) = node.Query(
            (head, state) => (head, Guestbook.Entries.Prove(state, AliceName), Guestbook.Entries.Prove(state, stranger)));
        Hash256 root = head.Fields.StateRoot;

        Assert.True(Guestbook.Entries.TryVerify(mine, in root, AliceName, out bool isSet, out (BlockHeight Height, string Text) entry));
        Assert.True(isSet);
        Assert.Equal("hello", entry.Text);
        Assert.True(Guestbook.Entries.TryVerify(none, in root, stranger, out isSet, out _));
        Assert.False(isSet);
        Assert.False(Guestbook.Entries.TryVerify(mine, in root, stranger, out _, out _));
    }

    [Fact]
    public void Sign_TextBeyondItsLimit_IsNoCallOfThisChain()
    {
        Assert.True(GuestbookChain.Definition.Ledger.Accepts(Guestbook.Sign(new string('x', GuestbookModule.MaxTextBytes))));
        Assert.False(GuestbookChain.Definition.Ledger.Accepts(new Call("guestbook", "sign", Codecs.Text(1000).Encode(new string('x', GuestbookModule.MaxTextBytes + 1)))));
    }

    private static Task<ChainNode> StartAsync() => ChainNode.StartAsync(new ChainNodeOptions
    {
        Chain = GuestbookChain.Definition,
        Store = new MemoryStore(),
        Engine = new EngineOptions { ProducesBlocks = true },
        JobThreads = 1,
    });

    private static Task<InclusionReceipt> SignAsync(ChainNode node, ulong nonce, string text) =>
        node.SubmitAndWaitAsync(GuestbookChain.Sign(Alice, nonce, text)).WaitAsync(Patience);
}
