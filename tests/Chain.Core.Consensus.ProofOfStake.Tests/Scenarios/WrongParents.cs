using System.Diagnostics.CodeAnalysis;
using Chain.Core.Consensus.Tests;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>
/// A leader that builds where it must not: on the block before the newest certified one, by that block's good certificate;
/// or on such a block of its own, by a certificate that it forged.
/// </summary>
internal sealed class WrongParents(StakeNetwork network, int me)
{
    private BlockHeader? _last;

    /// <summary>What it sends in place of its block; the block itself where the chain is too short to do harm.</summary>
    public BlockHeader Replace(StakeNode from, BlockHeader header)
    {
        if (!StakeSeal.TryDecode(header.Seal, out StakeSeal? seal) || !from.Tree.TryGet(header.Parent, out BlockTreeNode? parent))
        {
            return header;
        }

        BlockHeader? wrong = OnOwnWrongBlock(header, seal) ?? OnGrandparent(header, seal, parent);
        _last = wrong ?? _last;
        return wrong ?? header;
    }

    private BlockHeader? OnGrandparent(BlockHeader header, StakeSeal seal, BlockTreeNode parent) =>
        parent.Parent is BlockTreeNode grandparent
        && StakeSeal.TryDecode(parent.Header.Seal, out StakeSeal? parents)
        && parents.View.Epoch == seal.View.Epoch
            ? Make(header, seal, grandparent, parents.ParentCertificate, parents.Sets)
            : null;

    private BlockHeader? OnOwnWrongBlock(BlockHeader header, StakeSeal seal)
    {
        if (_last is null
            || !StakeSeal.TryDecode(_last.Seal, out StakeSeal? last)
            || last.View.Epoch != seal.View.Epoch
            || last.View >= seal.View
            || !TryFind(_last.Id, out BlockTreeNode? parent)
            || Schedule.EpochOf(parent.Height.Next()) != seal.View.Epoch)
        {
            return null;
        }

        var statement = new Statement(VoteKind.Notarize, last.View, _last.Id.Value);
        var signatures = new ReadOnlyMemory<byte>[network.Keys.Length];
        Array.Fill(signatures, network.Sign(me, statement.SigningHash(network.Genesis.Id)));
        return Make(header, seal, parent, Certificate.Create(in statement, signatures).Encoded, default);
    }

    private BlockHeader Make(
        BlockHeader header, StakeSeal seal, BlockTreeNode parent, ReadOnlyMemory<byte> certificate, ReadOnlyMemory<byte> sets)
    {
        EpochBook epochs = ((ProofOfStakeRules)network.Nodes[0].Engine.Rules).Epochs;
        HeaderFields fields = HeaderMaker.FieldsOn(parent, (ulong)me) with { Time = header.Fields.Time };
        epochs.TryReadRandomness(parent.Header, out Hash256 before);
        var wrong = new StakeSeal
        {
            View = seal.View,
            ParentCertificate = certificate,
            Proof = seal.Proof,
            Randomness = Randomness.Mix(before, seal.Proof.Span[..Vrf.OutputSize]),
            Sets = sets,
        };
        Hash256 message = wrong.Proposal(in fields).SigningHash(network.Genesis.Id);
        return BlockHeader.Create(in fields, wrong.With(network.Sign(me, message)).Encode());
    }

    private EpochSchedule Schedule => new(network.Options.EpochBlocks);

    private bool TryFind(BlockId block, [NotNullWhen(true)] out BlockTreeNode? found)
    {
        found = null;
        foreach (StakeNode node in network.Nodes)
        {
            if (node.IsUp && node.Tree.TryGet(block, out found))
            {
                return true;
            }
        }

        return false;
    }
}
