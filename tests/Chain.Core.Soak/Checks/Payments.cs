using System.Diagnostics;
using Chain.Core.Crypto;
using Chain.Core.Wire;
using QuickStart;

namespace Chain.Core.Soak;

/// <summary>
/// The load: accounts that pay each other through nodes of their own and, like wallets, send again what stays out.
/// A payment is remembered until its block is final. Not safe for several threads.
/// </summary>
internal sealed class Payments : IDisposable
{
    private const int MaxOpen = 20_000;
    private const int MaxResent = 2000;
    private static readonly TimeSpan ResendAfter = TimeSpan.FromSeconds(15);

    private readonly BlockId _genesis;
    private readonly Ed25519PrivateKey[] _keys = [.. Enumerable.Range(0, Demo.Accounts).Select(Demo.KeyOf)];
    private readonly AccountAddress[] _addresses = [.. Enumerable.Range(0, Demo.Accounts).Select(Demo.AddressOf)];
    private readonly ulong[] _nonces = new ulong[Demo.Accounts];
    private readonly Dictionary<string, Open> _open = [];
    private readonly HashSet<string> _settled = [];
    private int _next;
    private int _resends;

    public Payments(BlockId genesis) => _genesis = genesis;

    public int Sent { get; private set; }

    /// <summary>Payments in final blocks.</summary>
    public int Settled => _settled.Count;

    public void SendOne(IReadOnlyList<FleetNode> nodes)
    {
        if (_open.Count >= MaxOpen)
        {
            return;
        }

        int account = _next++ % Demo.Accounts;
        AccountAddress to = _addresses[((account * 7) + 1) % Demo.Accounts];
        var terms = new TransactionTerms(_nonces[account]++, 10, new BlockHeight(uint.MaxValue), Demo.Token.Transfer(to, 1));
        Transaction transaction = Transaction.Sign(in terms, _genesis, _keys[account]);
        _open.Add(transaction.Id.Value.ToString(), new Open(transaction, Stopwatch.GetTimestamp()));
        Sent++;
        nodes[account % nodes.Count].Tell(Line(transaction));
    }

    /// <summary>Sends again, oldest first, what is old and in no block of this chain.</summary>
    public void Resend(SeenBlock head, SeenBlock final, IReadOnlyList<FleetNode> running)
    {
        HashSet<string> included = IncludedAbove(head, final);
        FleetNode node = running[_resends++ % running.Count];
        foreach ((_, Open open) in _open.Where(each => !included.Contains(each.Key)).Take(MaxResent))
        {
            if (Stopwatch.GetElapsedTime(open.SentAt) > ResendAfter)
            {
                node.Tell(Line(open.Transaction));
            }
        }
    }

    /// <summary>Payments that are in no block between these two, and in no final one.</summary>
    public int CountOutstanding(SeenBlock head, SeenBlock final)
    {
        HashSet<string> included = IncludedAbove(head, final);
        return _open.Keys.Count(id => !included.Contains(id));
    }

    /// <summary>Takes note of a final block; each of its transactions must be ours, and must be in no block before.</summary>
    public void OnSettled(SeenBlock block, List<string> violations)
    {
        foreach (string id in block.Transactions)
        {
            if (!_settled.Add(id))
            {
                violations.Add($"transaction {id} was applied again in block #{block.Height} {block.Header.Id}");
            }
            else if (!_open.Remove(id))
            {
                violations.Add($"nobody sent transaction {id} of block #{block.Height}");
            }
        }
    }

    public void Dispose() => Array.ForEach(_keys, key => key.Dispose());

    private static HashSet<string> IncludedAbove(SeenBlock head, SeenBlock final)
    {
        var included = new HashSet<string>();
        for (SeenBlock block = head; block.Height > final.Height; block = block.Parent!)
        {
            included.UnionWith(block.Transactions);
        }

        return included;
    }

    private static string Line(Transaction transaction) => $"tx {Convert.ToHexStringLower(transaction.Encoded.Span)}";

    private sealed record Open(Transaction Transaction, long SentAt);
}
