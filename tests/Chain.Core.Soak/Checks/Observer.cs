using System.Globalization;
using Chain.Core.Crypto;
using Chain.Core.Wire;
using QuickStart;

namespace Chain.Core.Soak;

/// <summary>Takes the lines of all nodes, and lets the run ask what came of them. Safe for several threads.</summary>
internal sealed class Observer(ChainBook book, ulong coins, SoakLog log)
{
    private readonly Dictionary<int, ulong> _counted = [];
    private readonly SortedDictionary<string, int> _misbehaviours = new(StringComparer.Ordinal);
    private int _reported;
    private bool _isStopping;

    /// <summary>Guards the book.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The largest memory that a process reported, in bytes.</summary>
    public long WorkingSet { get; private set; }

    /// <summary>How often peers were blamed, by cause.</summary>
    public string Misbehaviours
    {
        get
        {
            lock (Gate)
            {
                return _misbehaviours.Count == 0 ? "none" : string.Join(", ", _misbehaviours.Select(each => $"{each.Key} {each.Value}"));
            }
        }
    }

    /// <summary>From now on nodes may end.</summary>
    public void Stop() => _isStopping = true;

    public void OnLine(int node, string[] words)
    {
        lock (Gate)
        {
            switch (words[0])
            {
                case "ready":
                    book.OnReady(node, Demo.DecodeHeader(words[3]));
                    break;
                case "done":
                    book.OnDone(Demo.DecodeHeader(words[1]), words[2].Split(',', StringSplitOptions.RemoveEmptyEntries));
                    break;
                case "undone":
                    book.OnUndone(node, Demo.DecodeHeader(words[1]));
                    break;
                case "head":
                    book.OnHead(node, Demo.DecodeHeader(words[1]));
                    break;
                case "final":
                    book.OnFinal(node, new BlockId(Hash256.Parse(words[1])));
                    break;
                case "counted":
                    _counted[node] = ulong.Parse(words[2], CultureInfo.InvariantCulture);
                    WorkingSet = Math.Max(WorkingSet, long.Parse(words[3], CultureInfo.InvariantCulture));
                    break;
                case "note" when words[1] == "PeerMisbehaved":
                    OnMisbehaved(node, words);
                    break;
                case "invalid":
                    book.Violations.Add($"node {node} found a block invalid: {string.Join(' ', words[1..])}");
                    break;
                case "ended" when !_isStopping:
                    book.Violations.Add($"node {node} ended by itself");
                    break;
            }

            ReportViolations();
        }
    }

    /// <summary>Prints what is new among the violations.</summary>
    public void ReportViolations()
    {
        for (; _reported < book.Violations.Count; _reported++)
        {
            log.Write($"VIOLATION {book.Violations[_reported]}");
        }
    }

    /// <summary>Has these nodes count the coins of their head's state; false where one does not answer in time.</summary>
    public async Task<bool> CountCoinsAsync(IReadOnlyList<FleetNode> nodes, TimeSpan atMost)
    {
        lock (Gate)
        {
            _counted.Clear();
        }

        foreach (FleetNode node in nodes)
        {
            node.Tell("count");
        }

        bool all = await Patience.UntilAsync(() => nodes.All(node => _counted.ContainsKey(node.Index)), Gate, atMost);
        lock (Gate)
        {
            foreach ((int node, ulong counted) in _counted.Where(each => each.Value != coins))
            {
                book.Violations.Add($"node {node} counts {counted} coins of {coins}");
            }
        }

        return all;
    }

    /// <summary>All nodes are honest: one that bans another is wrong.</summary>
    private void OnMisbehaved(int node, string[] words)
    {
        string cause = ValueOf(words, "Cause");
        _misbehaviours[cause] = _misbehaviours.GetValueOrDefault(cause) + 1;
        if (ValueOf(words, "Consequence") == "Banned")
        {
            book.Violations.Add($"node {node} banned an honest peer: {cause}");
        }
    }

    private static string ValueOf(string[] words, string name)
    {
        int index = Array.IndexOf(words, name);
        return index >= 0 && index + 2 < words.Length ? words[index + 2].TrimEnd(',') : "?";
    }
}
