namespace Chain.Core.Architecture.Tests.Purity;

/// <summary>Everything that a pure assembly must not do, for the scanner to find.</summary>
internal sealed class ImpureFixture
{
    private static readonly List<int> Registry = [];
    private static readonly string Constant = string.Concat("never ", "changes");

    private static int _calls;

    private readonly Dictionary<int, int> _balances = [];
    private readonly HashSet<int> _peers = [];

    public static DateTime ReadsTheClock() => DateTime.UtcNow;

    public static Task StartsATask() => Task.Run(() => { });

    public static int KeepsState()
    {
        Registry.Add(_calls);
        return ++_calls + Constant.Length;
    }

    public static long ComputesInFloatingPoint(long stake) => (long)(stake * 0.5);

    public static long TakesASquareRoot(long stake) => (long)Math.Sqrt(stake);

    public static long TakesAMaximum(long left, long right) => Math.Max(left, right);

    public int EnumeratesADictionary()
    {
        int sum = 0;
        foreach ((int account, int balance) in _balances)
        {
            sum = (31 * sum) + account + balance;
        }

        return sum;
    }

    public int EnumeratesValues()
    {
        int sum = 0;
        foreach (int balance in _balances.Values)
        {
            sum = (31 * sum) + balance;
        }

        return sum;
    }

    public int EnumeratesAHashSet()
    {
        int sum = 0;
        foreach (int peer in _peers)
        {
            sum = (31 * sum) + peer;
        }

        return sum;
    }

    public List<int> HandsOnAHashSet() => [.. _peers.OrderDescending()];

    public List<int> HandsOnALocal()
    {
        var seen = new HashSet<int>();
        for (int i = 0; i < _balances.Count; i++)
        {
            seen.Add(i * i);
        }

        return new List<int>(seen);
    }

    public List<int> HandsOnAKnownDictionary(Dictionary<int, int> known) => [.. known.Select(pair => pair.Key + _balances.Count)];

    public List<int> AsksWhileLinqTakesAnother(SortedSet<int> ordered)
    {
        _balances.TryAdd(ordered.Count, _peers.Count);
        return [.. ordered.Where(_peers.Contains).Take(_peers.Count)];
    }

    public HashSet<int> CopiesAHashSet() => new(_peers);

    public bool LooksUp(int account) => _balances.ContainsKey(account);
}
