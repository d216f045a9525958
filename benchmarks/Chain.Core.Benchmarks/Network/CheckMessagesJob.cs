using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Network;

/// <summary>Checks the signatures of messages, all of them together.</summary>
internal sealed class CheckMessagesJob(BlockId genesis, IReadOnlyList<Transaction> messages) : Job
{
    public override JobResult Run(IKeyValueReader snapshot)
    {
        SignatureClaim[] claims = TransactionHashes.ClaimsFor(messages, [.. Enumerable.Range(0, messages.Count)], genesis);
        var verdicts = new bool[claims.Length];
        Ed25519.Scheme.VerifyMany(claims, verdicts);
        return new CheckedMessages(messages, verdicts);
    }
}

/// <summary>The result of a <see cref="CheckMessagesJob"/>.</summary>
internal sealed record CheckedMessages(IReadOnlyList<Transaction> Messages, bool[] Verdicts) : JobResult;
