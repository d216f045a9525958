using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>What can be proved after a fork with what correct nodes hold.</summary>
internal static class ForkAudit
{
    /// <summary>How many validators are proved guilty; 0 where a correct one is among them.</summary>
    public static int Guilty(StakeNetwork network, int[] correct)
    {
        var offences = new StakeOffences(network.Options);
        var guilty = new HashSet<int>();
        ReadOnlyMemory<byte>[] held = [.. correct.SelectMany(node => Certificates(network.Nodes[node]))];
        foreach (ReadOnlyMemory<byte> proof in new StakeFinality(network.Genesis, network.Options).FindOffences(held, network.Options.Validators))
        {
            if (offences.TryVerify(network.Genesis.Id, proof, out Offence? offence))
            {
                guilty.Add(Array.FindIndex(network.Keys, key => key.Key.Equals(offence.Offender)));
            }
        }

        return guilty.Overlaps(correct) ? 0 : guilty.Count;
    }

    /// <summary>Those of its records, its final blocks and its headers.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Certificates(StakeNode node)
    {
        foreach (ConsensusRecord record in node.Records.Values)
        {
            yield return record.Value;
        }

        foreach ((_, _, Certificate certificate, _) in node.Finalized)
        {
            yield return certificate.Encoded;
        }

        for (BlockTreeNode? at = node.Tree.Head; at is not null && at.Height > BlockHeight.Genesis; at = at.Parent)
        {
            if (StakeSeal.TryDecode(at.Header.Seal, out StakeSeal? seal))
            {
                yield return seal.ParentCertificate;
            }
        }
    }
}
