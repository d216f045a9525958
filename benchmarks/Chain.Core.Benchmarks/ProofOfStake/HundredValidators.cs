using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfStake;
using Chain.Core.Consensus.ProofOfStake.Tests;
using Chain.Core.Crypto;

namespace Chain.Core.Benchmarks.ProofOfStake;

/// <summary>
/// A hundred validators with real signatures finalize blocks in one thread: everything that one of them computes for a
/// block, its own signatures and its share of the network between them included.
/// </summary>
internal sealed class HundredValidators
{
    public const int Validators = 100;

    /// <summary>Blocks per call.</summary>
    public const int Blocks = 2;

    private const int Quorum = (2 * Validators / 3) + 1;

    private readonly StakeNetwork _network;
    private readonly StakeTable _table;
    private readonly SignatureClaim[] _claims;
    private readonly bool[] _verdicts = new bool[Quorum];

    private HundredValidators()
    {
        ValidatorSet validators = TestKeys.Equal(Validators);
        _network = new StakeNetwork(new ProofOfStakeOptions { Validators = validators, RelaysVotes = false }).StartAll();
        StakeTable.TryCreate(validators, out StakeTable? table);
        _table = table!;
        var statement = new Statement(VoteKind.Notarize, View.Of(0, 1), Sha256.Hash("a block"u8));
        Hash256 message = statement.SigningHash(_network.Genesis.Id);
        _claims = [.. Enumerable.Range(0, Quorum).Select(signer => new SignatureClaim(
            _table.PublicKey(signer), message.ToArray(), _network.Sign(signer, message)))];
    }

    public static Contest Prepare()
    {
        var hundred = new HundredValidators();
        return new Contest(hundred.FinalizeBlocks, hundred.Verify, hundred.FindMistake);
    }

    private void FinalizeBlocks()
    {
        int wanted = _network.Nodes[0].Finalized.Count + Blocks;
        if (!_network.RunUntil(() => _network.Nodes.TrueForAll(node => node.Finalized.Count >= wanted), TimeSpan.FromMinutes(1)))
        {
            throw new InvalidOperationException("The blocks do not become final.");
        }
    }

    /// <summary>What each of them verifies at least for these blocks: a quorum that notarizes, and one that finalizes.</summary>
    private void Verify()
    {
        for (int i = 0; i < Blocks * Validators * 2; i++)
        {
            RealStakeCrypto.Instance.VerifyMany(_claims, _verdicts, _table);
        }
    }

    private string? FindMistake()
    {
        Verify();
        FinalizeBlocks();
        return _verdicts.Contains(false) ? "a good signature is refused" : _network.Forks.Count > 0 ? _network.Forks[0] : null;
    }
}
