using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>
/// Users, or an attacker's accounts, that send transactions at the times of a Poisson process, each through one node. A wallet waits with further
/// transactions while many of its own are on their way, and hands in again what its node had no room for.
/// </summary>
internal sealed class OfferedLoad
{
    private const ulong Component = 0x6c6f_6164;
    private const ulong SpamComponent = 0x7370_616d;
    private const int MaxPending = 48;
    private const int Tries = 8;
    private const int PlainBytes = 190;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SimulatedChain _chain;
    private readonly RunObserver _observer;
    private readonly LoadPlan _plan;
    private readonly PaddingModule _padding;
    private readonly DeterministicRandom _random;
    private readonly int _first;
    private readonly bool _isSpam;
    private readonly int[] _home;
    private readonly int[] _pending;
    private readonly bool[] _waits;
    private readonly TimeSpan _interval;
    private bool _isOn;

    /// <param name="chain">The chain.</param>
    /// <param name="observer">Told of what is sent.</param>
    /// <param name="plan">What is sent.</param>
    /// <param name="padding">Fills transactions up.</param>
    /// <param name="homes">How many nodes take transactions, the first ones.</param>
    /// <param name="seed">Of times, wallets and nodes.</param>
    /// <param name="first">The first of the accounts that send; see <see cref="AccountsFor"/>.</param>
    /// <param name="isSpam">Whether an attacker sends it.</param>
    public OfferedLoad(SimulatedChain chain, RunObserver observer, LoadPlan plan, PaddingModule padding, int homes, ulong seed, int first = 0, bool isSpam = false)
    {
        _first = first;
        _isSpam = isSpam;
        _chain = chain;
        _observer = observer;
        _plan = plan;
        _padding = padding;
        _random = new DeterministicRandom(seed).Fork(isSpam ? SpamComponent : Component);
        _home = [.. chain.Accounts.Skip(first).Take(AccountsFor(plan)).Select(_ => _random.NextIndex(homes))];
        _pending = new int[_home.Length];
        _waits = new bool[_home.Length];
        _interval = plan.Rate > 0 ? TimeSpan.FromSeconds(1 / plan.Rate) : TimeSpan.Zero;
        observer.Settled += OnSettled;
    }

    /// <summary>How many transactions were sent.</summary>
    public int Sent { get; private set; }

    /// <summary>How many were wanted, but no wallet that was asked had room for one more on its way.</summary>
    public int HeldBack { get; private set; }

    /// <summary>How often a node refused one.</summary>
    public int Refused { get; private set; }

    /// <summary>How many accounts a plan needs so that none has too many transactions on their way.</summary>
    public static int AccountsFor(LoadPlan plan) =>
        plan.Accounts > 0 ? plan.Accounts : (int)Math.Clamp(plan.Rate * 4, 64, 20_000);

    public void Start()
    {
        _isOn = _interval > TimeSpan.Zero;
        ScheduleNext();
    }

    public void Stop() => _isOn = false;

    /// <summary>A node is back without what was in its memory: its users hand in again what is not on its chain.</summary>
    public void HandInLost(SimulatedNode node)
    {
        foreach (TransactionRecord record in _observer.Load.Values
            .Where(record => record.Home == node.Index && record.Included is null)
            .OrderBy(static record => record.Account).ThenBy(static record => record.Transaction.Terms.Nonce))
        {
            _chain.Simulator.Submit(node, record.Transaction);
        }
    }

    private void ScheduleNext()
    {
        if (_isOn)
        {
            _chain.Simulator.At(ExponentialDraw.Next(_random, _interval), Tick);
        }
    }

    private void Tick()
    {
        if (!_isOn)
        {
            return;
        }

        int payer = PickPayer();
        if (payer >= 0)
        {
            Send(payer);
        }
        else
        {
            HeldBack++;
        }

        ScheduleNext();
    }

    /// <summary>A random account whose wallet has room and whose node runs, or −1.</summary>
    private int PickPayer()
    {
        for (int i = 0; i < Tries; i++)
        {
            int payer = _random.NextIndex(_home.Length);
            if (!_waits[payer] && _pending[payer] < MaxPending && _chain.Nodes[_home[payer]].IsRunning)
            {
                return payer;
            }
        }

        return -1;
    }

    private void Send(int payer)
    {
        SimulatedAccount account = _chain.Accounts[_first + payer];
        int payee = _random.NextIndex(100) < _plan.HotPercent ? 0 : _random.NextIndex(_home.Length);
        Transaction transaction = _plan.Size > PlainBytes
            ? account.Sign(_chain, _padding.Carry(_plan.Size - PlainBytes), (ulong)_plan.Fee)
            : account.Transfer(_chain, _chain.Accounts[_first + payee].Address, 1, (ulong)_plan.Fee);
        Sent++;
        _pending[payer]++;
        _observer.Add(new TransactionRecord(transaction, payer, _home[payer], _chain.Simulator.Now) { IsSpam = _isSpam });
        _chain.Simulator.Submit(_chain.Nodes[_home[payer]], transaction);
    }

    private void OnSettled(TransactionRecord record, bool isIncluded)
    {
        if (record.IsSpam != _isSpam)
        {
            return;
        }

        if (isIncluded)
        {
            _pending[record.Account]--;
            return;
        }

        Refused++;
        _waits[record.Account] = true;
        _chain.Simulator.At(Patience, () => HandInAgain(record));
    }

    private void HandInAgain(TransactionRecord record)
    {
        _waits[record.Account] = false;
        if (record.Included is null && _chain.Nodes[record.Home].IsRunning)
        {
            _chain.Simulator.Submit(_chain.Nodes[record.Home], record.Transaction);
        }
    }
}
