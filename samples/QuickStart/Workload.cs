using System.Diagnostics;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace QuickStart;

/// <summary>
/// The users: accounts that pay each other all the time, each through a node of its own, and remember when every
/// payment was sent and when node 0 had it in a block. Like any wallet they send again what stays out for long.
/// </summary>
internal sealed class Workload : IDisposable
{
    private const ulong Fee = 10;
    private static readonly TimeSpan ResendAfter = TimeSpan.FromSeconds(12);

    private readonly BlockId _genesis;
    private readonly Ed25519PrivateKey[] _keys = [.. Enumerable.Range(0, Demo.Accounts).Select(Demo.KeyOf)];
    private readonly AccountAddress[] _addresses = [.. Enumerable.Range(0, Demo.Accounts).Select(Demo.AddressOf)];
    private readonly ulong[] _nonces = new ulong[Demo.Accounts];
    private readonly Dictionary<string, Payment> _payments = [];
    private readonly List<double> _latencies = [];
    private readonly Lock _gate = new();
    private int _nextAccount;

    public Workload(BlockId genesis) => _genesis = genesis;

    public AccountAddress Bob => _addresses[1];

    public int Sent { get; private set; }

    public int Included { get; private set; }

    /// <summary>Sends one payment through the node of its account, or through node 0 where that one is down.</summary>
    public void SendOne(IReadOnlyList<NodeProcess> nodes)
    {
        int account = _nextAccount++ % Demo.Accounts;
        AccountAddress to = _addresses[(account * 7 + 1) % Demo.Accounts];
        var terms = new TransactionTerms(_nonces[account]++, Fee, new BlockHeight(uint.MaxValue), Demo.Token.Transfer(to, 1));
        Transaction transaction = Transaction.Sign(in terms, _genesis, _keys[account]);
        NodeProcess home = nodes[account % nodes.Count];
        lock (_gate)
        {
            _payments.Add(transaction.Id.Value.ToString(), new Payment(transaction, Stopwatch.GetTimestamp()));
            Sent++;
        }

        (home.IsRunning ? home : nodes[0]).Tell(Line(transaction));
    }

    public void ResendOld(NodeProcess node)
    {
        lock (_gate)
        {
            foreach (Payment payment in _payments.Values.Where(each => !each.IsIncluded && Stopwatch.GetElapsedTime(each.SentAt) > ResendAfter))
            {
                node.Tell(Line(payment.Transaction));
            }
        }
    }

    public void OnBlockDone(string ids) => ForEach(ids, payment =>
    {
        if (!payment.IsIncluded)
        {
            payment.IsIncluded = true;
            Included++;
            if (!payment.WasMeasured)
            {
                payment.WasMeasured = true;
                _latencies.Add(Stopwatch.GetElapsedTime(payment.SentAt).TotalSeconds);
            }
        }
    });

    public void OnBlockUndone(string ids) => ForEach(ids, payment =>
    {
        if (payment.IsIncluded)
        {
            payment.IsIncluded = false;
            Included--;
        }
    });

    /// <summary>How many of these payments are in no block of node 0's chain.</summary>
    public int CountMissing(IEnumerable<string> ids)
    {
        lock (_gate)
        {
            return ids.Count(id => !_payments.TryGetValue(id, out Payment? payment) || !payment.IsIncluded);
        }
    }

    /// <summary>The time in seconds below which the given share of payments was included.</summary>
    public double Quantile(double share)
    {
        lock (_gate)
        {
            double[] sorted = [.. _latencies.Order()];
            return sorted.Length == 0 ? double.NaN : sorted[(int)((sorted.Length - 1) * share)];
        }
    }

    public void Dispose() => Array.ForEach(_keys, key => key.Dispose());

    private static string Line(Transaction transaction) => $"tx {Convert.ToHexStringLower(transaction.Encoded.Span)}";

    private void ForEach(string ids, Action<Payment> action)
    {
        lock (_gate)
        {
            foreach (string id in ids.Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                if (_payments.TryGetValue(id, out Payment? payment))
                {
                    action(payment);
                }
            }
        }
    }

    private sealed class Payment(Transaction transaction, long sentAt)
    {
        public Transaction Transaction { get; } = transaction;

        public long SentAt { get; } = sentAt;

        public bool IsIncluded { get; set; }

        public bool WasMeasured { get; set; }
    }
}
