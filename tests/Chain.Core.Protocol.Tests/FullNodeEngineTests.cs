using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Protocol.Tests;

/// <summary>What the host owes an engine with validators.</summary>
public sealed class FullNodeEngineTests : IDisposable
{
    private readonly ScriptedConsensus _consensus = new();
    private readonly MemoryStore _store = new();
    private readonly Ed25519PrivateKey _key = new(new byte[32]);
    private readonly VrfPrivateKey _vrf = new(new byte[32]);

    public void Dispose()
    {
        _store.Dispose();
        _key.Dispose();
        _vrf.Dispose();
    }

    [Fact]
    public void ValidatorsNamed_Genesis_BeforeTheStart()
    {
        var host = new NodeHost(_consensus, _store);

        var named = Assert.IsType<ConsensusInput.ValidatorsNamed>(_consensus.Told[0]);
        Assert.Equal(host.Definition.GenesisId, named.Block);
        Assert.Equal(1UL, Assert.Single(named.Validators.Validators).Stake);
        Assert.IsType<ConsensusInput.Started>(_consensus.Told[1]);
    }

    [Fact]
    public void ValidatorsNamed_BordersOnly_BeforeTheVerdict()
    {
        var host = new NodeHost(_consensus, _store);
        host.SealBlocks(7);
        _consensus.Told.RemoveAll(input => input is not (ConsensusInput.ValidatorsNamed or ConsensusInput.BlockJudged));

        ulong[] judged = [.. _consensus.Told.OfType<ConsensusInput.BlockJudged>().Select(input => HeightOf(host, input.Block))];
        Assert.Equal([1UL, 2, 3, 4, 5, 6, 7], judged);
        Assert.Equal([0UL, 3, 6], _consensus.Told.OfType<ConsensusInput.ValidatorsNamed>().Select(input => HeightOf(host, input.Block)));
        int third = _consensus.Told.FindIndex(input => input is ConsensusInput.BlockJudged verdict && HeightOf(host, verdict.Block) == 3);
        Assert.IsType<ConsensusInput.ValidatorsNamed>(_consensus.Told[third - 1]);
    }

    [Fact]
    public void ValidatorsNamed_AfterARestart_TheNewestOnesOnceMore()
    {
        var host = new NodeHost(_consensus, _store);
        host.SealBlocks(20);
        BlockId fifteen = host.Node.Tree.Head.AncestorAt(new BlockHeight(15))!.Id;
        Emit(host, new ConsensusOutput.Finalize(fifteen, new byte[] { 1, 2, 3 }));
        _consensus.Told.Clear();

        var again = new NodeHost(_consensus, _store);
        List<ConsensusInput> told = _consensus.Told;
        int started = told.FindIndex(static input => input is ConsensusInput.Started);
        Assert.Equal([0UL, 6, 9, 12, 15, 18], told.Take(started).Cast<ConsensusInput.ValidatorsNamed>().Select(input => HeightOf(again, input.Block)));
        Assert.Equal(fifteen, again.Node.Tree.Finalized.Id);
        Assert.True(ChainRecords.TryReadCertificate(_store, again.Node.Tree.Finalized.Header, out ReadOnlyMemory<byte> certificate));
        Assert.Equal([1, 2, 3], certificate.ToArray());
    }

    [Fact]
    public void ProveRandomness_WithAProver_IsAnsweredByAProofThatHolds()
    {
        var host = new NodeHost(_consensus, _store, options => options with { Randomness = new VrfProver(_vrf) });
        Hash256 input = Sha256.Hash("view 7"u8);
        Emit(host, new ConsensusOutput.ProveRandomness(9, input));

        ConsensusInput.Signed signed = Assert.Single(_consensus.Told.OfType<ConsensusInput.Signed>());
        Assert.Equal(9UL, signed.Intent);
        var output = new byte[Vrf.OutputSize];
        Assert.True(Vrf.Verify(
            VrfSuite.Edwards25519Sha512Tai, _vrf.PublicKey.Span, Hash256.AsSpan(in input), signed.Signature.Span, output));
    }

    [Fact]
    public void ProveRandomness_WithoutAProver_IsRefused()
    {
        var host = new NodeHost(_consensus, _store);
        Emit(host, new ConsensusOutput.ProveRandomness(9, default));

        Assert.Equal(9UL, Assert.Single(_consensus.Told.OfType<ConsensusInput.SignRefused>()).Intent);
    }

    [Fact]
    public void Sign_StoreThatDoesNotKnowTheKey_IsRefusedAndSaysSo()
    {
        var host = new NodeHost(_consensus, _store, options => options with { Signer = _key });
        Emit(host, new ConsensusOutput.Sign(1, 1, 1, default));

        Assert.Single(_consensus.Told.OfType<ConsensusInput.SignRefused>());
        Assert.Contains(new NodeEvent.SignerJudged(SignerStanding.UnknownKey, false), host.Events);
    }

    [Fact]
    public void OwnSignatureSeen_AboveTheMark_RaisesItAndIsTold()
    {
        var host = new NodeHost(_consensus, _store, options => options with { Signer = _key, SignerIsNew = true });
        Emit(host, new ConsensusOutput.OwnSignatureSeen(1, 40));
        Emit(host, new ConsensusOutput.Sign(1, 40, 1, Sha256.Hash([1])));
        Emit(host, new ConsensusOutput.Sign(2, 41, 1, Sha256.Hash([1])));

        Assert.Contains(new NodeEvent.SignedElsewhere(1, 40), host.Events);
        Assert.Equal(1UL, Assert.Single(_consensus.Told.OfType<ConsensusInput.SignRefused>()).Intent);
        Assert.Equal(2UL, Assert.Single(_consensus.Told.OfType<ConsensusInput.Signed>()).Intent);
    }

    [Fact]
    public void Evidence_WithAKey_BecomesATransactionThatSettlesIt()
    {
        var host = new NodeHost(_consensus, _store, options => options with { Signer = _key });
        Emit(host, new ConsensusOutput.Evidence(new byte[] { 77 }));
        Emit(host, new ConsensusOutput.Evidence(new byte[] { 77 }));
        Emit(host, new ConsensusOutput.Evidence(new byte[] { 78 }));
        host.SealBlocks(4);

        Receipt[] receipts = [.. host.Events.OfType<NodeEvent.BlockStored>().SelectMany(stored => stored.Receipts)];
        Assert.Equal(2, receipts.Length);
        Assert.All(receipts, receipt => Assert.Equal(TransactionStatus.Applied, receipt.Status));
        var state = ChainState.Open(_store, host.Node.Head.Fields.StateRoot);
        Assert.Equal(3UL, host.Definition.Ledger.Get<CensusModule>().ValidatorsOf(state).Validators[0].Stake);
        int reported = host.Events.OfType<NodeEvent.EvidenceReported>().Count();
        host.SealBlocks(20);
        Assert.Equal(reported, host.Events.OfType<NodeEvent.EvidenceReported>().Count());
    }

    [Fact]
    public void Evidence_WithoutAKey_IsNotReported()
    {
        var host = new NodeHost(_consensus, _store);
        Emit(host, new ConsensusOutput.Evidence(new byte[] { 77 }));
        host.SealBlocks(2);

        Assert.Empty(host.Events.OfType<NodeEvent.EvidenceReported>());
    }

    private static ulong HeightOf(NodeHost host, BlockId block) =>
        host.Node.Tree.TryGet(block, out BlockTreeNode? node) ? node.Height.Value : throw new InvalidOperationException();

    private void Emit(NodeHost host, ConsensusOutput output)
    {
        _consensus.Next = output;
        host.Command("emit");
    }
}
