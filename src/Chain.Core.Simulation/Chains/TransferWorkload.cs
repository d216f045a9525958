using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>
/// Random transfers between the accounts of a <see cref="SimulatedChain"/>, in virtual time. Each account hands its
/// transactions to one node after the other, and may, like a wallet, hand in again what it does not see included.
/// </summary>
public sealed class TransferWorkload
{
    private const ulong Component = 0x776f_726b;
    private const int MaxAmount = 5;
    private const int MaxPending = 48;
    private const ulong BuriedDepth = 12;

    private readonly SimulatedChain _chain;
    private readonly DeterministicRandom _random;
    private readonly TimeSpan _interval;
    private readonly TimeSpan? _resubmitAfter;
    private readonly List<Transaction>[] _pending;
    private readonly SimulatedNode[] _home;
    private readonly List<Transaction> _submitted = [];
    private readonly Dictionary<SimulatedNode, (BlockId Head, int Submitted, bool Answer)> _asked = [];
    private bool _isOn;

    /// <summary>A workload that waits for <see cref="Start"/>.</summary>
    /// <param name="chain">Where the transfers go; has a node.</param>
    /// <param name="seed">Who pays whom follows from it.</param>
    /// <param name="interval">From one transfer to the next.</param>
    /// <param name="resubmitAfter">How often what is not included is handed to another node; null for never.</param>
    public TransferWorkload(SimulatedChain chain, ulong seed, TimeSpan interval, TimeSpan? resubmitAfter = null)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        _chain = chain;
        _random = new DeterministicRandom(seed).Fork(Component);
        _interval = interval;
        _resubmitAfter = resubmitAfter;
        _pending = [.. chain.Accounts.Select(_ => new List<Transaction>())];
        _home = [.. chain.Accounts.Select(_ => chain.Nodes[_random.NextIndex(chain.Nodes.Count)])];
    }

    /// <summary>Every transaction that was signed, in order.</summary>
    public IReadOnlyList<Transaction> Submitted => _submitted;

    /// <summary>Begins.</summary>
    public void Start()
    {
        _isOn = true;
        _chain.Simulator.At(_interval, Tick);
        if (_resubmitAfter is { } wait)
        {
            _chain.Simulator.At(wait, Resubmit);
        }
    }

    /// <summary>Signs no more; what is not included is still handed in again.</summary>
    public void Stop() => _isOn = false;

    /// <summary>Whether a node's chain has all transactions that were signed: no sender's nonce is below its number of signatures.</summary>
    public bool IsIncluded(SimulatedNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        BlockId head = ChainRecords.TryReadHead(node.Disk, out BlockId stored) ? stored : _chain.Definition.GenesisId;
        if (!_asked.TryGetValue(node, out (BlockId Head, int Submitted, bool Answer) known)
            || (known.Head, known.Submitted) != (head, _submitted.Count))
        {
            known = (head, _submitted.Count, Reads(node)); // asked after every event, and reading the state is dear
            _asked[node] = known;
        }

        return known.Answer;
    }

    private bool Reads(SimulatedNode node)
    {
        ChainState state = _chain.StateOf(node);
        return _chain.Accounts.All(account => _chain.Definition.Ledger.Accounts.NextNonce(state, account.Address) == account.NextNonce);
    }

    private void Tick()
    {
        if (!_isOn)
        {
            return;
        }

        SimulatedAccount payer = _chain.Accounts[_random.NextIndex(_chain.Accounts.Count)];
        SimulatedAccount payee = _chain.Accounts[_random.NextIndex(_chain.Accounts.Count)];
        ulong amount = 1 + _random.NextBelow(MaxAmount);
        if (_pending[payer.Index].Count >= MaxPending)
        {
            Forget(payer);
        }

        if (_pending[payer.Index].Count < MaxPending && PickHome(payer) is { } node)
        {
            Transaction transfer = payer.Transfer(_chain, payee.Address, amount);
            _submitted.Add(transfer);
            _pending[payer.Index].Add(transfer);
            _chain.Simulator.Submit(node, transfer);
        }

        _chain.Simulator.At(_interval, Tick);
    }

    private void Resubmit()
    {
        foreach (SimulatedAccount payer in _chain.Accounts)
        {
            _home[payer.Index] = _chain.Nodes[_random.NextIndex(_chain.Nodes.Count)];
            Forget(payer);
            if (PickHome(payer) is { } node)
            {
                foreach (Transaction transfer in _pending[payer.Index])
                {
                    _chain.Simulator.Submit(node, transfer);
                }
            }
        }

        _chain.Simulator.At(_resubmitAfter!.Value, Resubmit);
    }

    /// <summary>
    /// Forgets what is some blocks deep on the chain of the account's node. What is nearer to the head may be undone by a
    /// reorganisation, and then lost with the memory of a node that crashes.
    /// </summary>
    private void Forget(SimulatedAccount payer)
    {
        SimulatedNode home = _home[payer.Index];
        if (SimulatedChain.TryMachineOf(home) is { } machine && machine.Head.Height.Value > BuriedDepth)
        {
            var height = new BlockHeight(machine.Head.Height.Value - BuriedDepth);
            ChainState state = ChainState.Open(home.Disk, machine.Tree.Head.AncestorAt(height)!.Header.Fields.StateRoot);
            ulong next = _chain.Definition.Ledger.Accounts.NextNonce(state, payer.Address);
            _pending[payer.Index].RemoveAll(transfer => transfer.Terms.Nonce < next);
        }
    }

    private SimulatedNode? PickHome(SimulatedAccount payer)
    {
        if (!_home[payer.Index].IsRunning)
        {
            SimulatedNode[] running = [.. _chain.Nodes.Where(node => node.IsRunning)];
            if (running.Length == 0)
            {
                return null;
            }

            _home[payer.Index] = running[_random.NextIndex(running.Length)];
        }

        return _home[payer.Index];
    }
}
