using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Consensus.Tests;
using Chain.Core.Simulation;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>One node of a <see cref="StakeNetwork"/>: an engine with the tree, signer and records that a host gives it.</summary>
internal sealed class StakeNode
{
    private readonly StakeNetwork _network;
    private readonly EffectList _effects = new();
    private readonly Queue<ConsensusInput> _inbox = new();
    private readonly Dictionary<TimerKey, long> _timers = [];
    private readonly Dictionary<ulong, HeaderFields> _proposals = [];
    private readonly DeterministicRandom _random;
    private IConsensusEngine _engine = null!;
    private int _effectsLeft = -1;
    private int _life;

    public StakeNode(StakeNetwork network, int index, int keyIndex)
    {
        _network = network;
        Index = index;
        KeyIndex = keyIndex;
        _random = new DeterministicRandom((ulong)index);
    }

    public int Index { get; }

    /// <summary>Which validator it is; twins share one. −1 for a node that only follows.</summary>
    public int KeyIndex { get; }

    public bool IsUp { get; private set; }

    /// <summary>What its disk holds of the engine; survives a restart.</summary>
    public SortedDictionary<ulong, ConsensusRecord> Records { get; set; } = [];

    /// <summary>What its signer's disk holds.</summary>
    public SortedDictionary<byte, (ulong Watermark, Hash256 Message)> Marks { get; set; } = [];

    /// <summary>What its disk holds of blocks: those that were judged valid, on the head's chain or not.</summary>
    public Dictionary<BlockId, BlockHeader> Stored { get; } = [];

    /// <summary>Off for a node whose signer guards nothing.</summary>
    public bool GuardsSignatures { get; set; } = true;

    public BlockTree Tree { get; private set; } = null!;

    /// <summary>What is wrong with it, over all its lives; nothing for a correct node.</summary>
    public IReadOnlyList<Adversary> Adversaries { get; set; } = [];

    /// <summary>Its engine, without what is around it.</summary>
    public SimplexEngine Engine { get; private set; } = null!;

    /// <summary>Every block of this node that became final, in order.</summary>
    public List<(BlockId Block, BlockHeight Height, Certificate Certificate, Instant At)> Finalized { get; } = [];

    public List<byte[]> Evidence { get; } = [];

    public List<(byte Purpose, ulong Watermark)> OwnSeen { get; } = [];

    public List<(ConnectionId Peer, string Reason)> Reports { get; } = [];

    public List<ConsensusActivity> Activities { get; } = [];

    /// <summary>Whether <see cref="Told"/> is kept.</summary>
    public bool KeepsTold { get; set; }

    /// <summary>What it told everybody.</summary>
    public List<EngineMessage> Told { get; } = [];

    /// <summary>Every statement that it had signed, in all its lives.</summary>
    public List<(byte Purpose, ulong Watermark, Hash256 Message)> SignedEver { get; } = [];

    /// <summary>How many views passed that it led, with the time of each seal.</summary>
    public List<(BlockId Block, Instant At)> Sealed { get; } = [];

    /// <summary>Starts or restarts it with what its disk holds.</summary>
    public void Start()
    {
        IsUp = true;
        _timers.Clear();
        _proposals.Clear();
        BlockTree before = Tree;
        Tree = new BlockTree(_network.Genesis);
        TestKey? key = KeyIndex < 0 ? null : _network.Keys[KeyIndex];
        (_engine, Engine) = _network.CreateEngine(
            Tree, new EngineOptions { ProducesBlocks = key is not null, Signer = key?.Key }, Adversaries);
        if (before is not null)
        {
            Recover(before);
        }

        Feed(new ConsensusInput.Started(Tree.Head.Header, [.. Records.Values]));
    }

    public void Stop()
    {
        IsUp = false;
        _life++;
        _inbox.Clear();
    }

    /// <summary>Stops it in the middle of a step, after so many more effects.</summary>
    public void StopAfterEffects(int effects) => _effectsLeft = effects;

    public void Feed(ConsensusInput input)
    {
        if (!IsUp)
        {
            return;
        }

        _inbox.Enqueue(input);
        while (IsUp && _inbox.TryDequeue(out ConsensusInput? next))
        {
            _effects.Clear();
            _engine.Handle(in next, new StepContext(_network.Now, _network.WallClockOf(Index), _random), _effects);
            for (int i = 0; i < _effects.Effects.Count && IsUp; i++)
            {
                if (_effectsLeft-- == 0)
                {
                    Stop();
                    return;
                }

                Carry(_effects.Effects[i]);
            }
        }
    }

    public void FireTimer(TimerKey key, long generation)
    {
        if (IsUp && _timers.TryGetValue(key, out long current) && current == generation)
        {
            _timers.Remove(key);
            Feed(new ConsensusInput.TimerFired(key));
        }
    }

    /// <summary>A header comes from a peer, with those before it where they are unknown.</summary>
    public void Receive(BlockHeader header, StakeNode from)
    {
        if (!IsUp || Tree.TryGet(header.Id, out _))
        {
            return;
        }

        var missing = new Stack<BlockHeader>();
        missing.Push(header);
        for (BlockHeader at = header; !Tree.TryGet(at.Parent, out _) && from.TryGetHeader(at.Parent, out BlockHeader? parent); at = parent)
        {
            missing.Push(parent);
        }

        while (missing.TryPop(out BlockHeader? next))
        {
            Add(next);
        }
    }

    /// <summary>A header that it knows, or knew before it restarted.</summary>
    public bool TryGetHeader(BlockId block, [NotNullWhen(true)] out BlockHeader? header)
    {
        header = Tree.TryGet(block, out BlockTreeNode? node) ? node.Header : Stored.GetValueOrDefault(block);
        return header is not null;
    }

    private void Add(BlockHeader header)
    {
        AddHeaderResult result = Tree.TryAdd(header, Engine.Rules, _network.WallClockOf(Index));
        if (result.Status == AddHeaderStatus.Added)
        {
            Feed(new ConsensusInput.HeaderArrived(header));
        }
        else if (result.Status == AddHeaderStatus.Invalid)
        {
            Reports.Add((default, $"header {result.Verdict}"));
        }
    }

    private void Recover(BlockTree before)
    {
        for (ulong height = 1; height <= before.Head.Height.Value; height++)
        {
            Tree.AddTrusted(before.OnChain(new BlockHeight(height))!.Header, Engine.Rules, BlockStatus.Valid);
        }

        Tree.SetHead(before.Head.Id);
    }

    private void Carry(Effect effect)
    {
        switch (effect.Kind)
        {
            case EffectKind.SetTimer:
                _timers[effect.Timer] = _network.ScheduleTimer(this, effect.Timer, effect.Due);
                break;
            case EffectKind.CancelTimer:
                _timers.Remove(effect.Timer);
                break;
            case EffectKind.Emit:
                Carry((ConsensusOutput)effect.Event);
                break;
        }
    }

    private void Carry(ConsensusOutput output)
    {
        switch (output)
        {
            case ConsensusOutput.Broadcast broadcast:
                if (KeepsTold)
                {
                    Told.Add(EngineMessage.Decode(broadcast.Payload)!);
                }

                _network.Broadcast(this, broadcast.Payload);
                break;
            case ConsensusOutput.SendTo send: _network.Send(this, (int)send.Connection.Value - 1, send.Payload); break;
            case ConsensusOutput.RequestProposal request: OnRequestProposal(request); break;
            case ConsensusOutput.RequestVerdict request: OnRequestVerdict(request.Block); break;
            case ConsensusOutput.Seal seal: OnSeal(seal); break;
            case ConsensusOutput.Sign sign: OnSign(sign); break;
            case ConsensusOutput.ProveRandomness prove: OnProve(prove); break;
            case ConsensusOutput.Compute compute: _network.Run(this, compute); break;
            case ConsensusOutput.Persist persist: OnPersist(persist.Record); break;
            case ConsensusOutput.ProposeHead head: Tree.SetHead(head.Block); break;
            case ConsensusOutput.MarkSafe safe: OnMarkSafe(safe.Block); break;
            case ConsensusOutput.Finalize final: OnFinalize(final); break;
            case ConsensusOutput.Fetch fetch: _network.Fetch(this, fetch.Block); break;
            case ConsensusOutput.OwnSignatureSeen seen: OwnSeen.Add((seen.Purpose, seen.Watermark)); break;
            case ConsensusOutput.Evidence evidence: Evidence.Add(evidence.Proof.ToArray()); break;
            case ConsensusOutput.ReportPeer report: Reports.Add((report.Connection, report.Reason)); break;
            case ConsensusOutput.Observe observe: Activities.Add(observe.Activity); break;
        }
    }

    /// <summary>As hosts do: what is not on the head's chain is passed over.</summary>
    private void OnMarkSafe(BlockId block)
    {
        if (Tree.TryGet(block, out BlockTreeNode? node) && node.IsOnChainOf(Tree.Head) && node.Height >= Tree.Finalized.Height)
        {
            Tree.SetSafe(block);
        }
    }

    private void OnRequestProposal(ConsensusOutput.RequestProposal request)
    {
        Tree.TryGet(request.Parent, out BlockTreeNode? parent);
        HeaderFields fields = HeaderMaker.FieldsOn(parent!, (ulong)Index) with { Time = request.Time };
        _proposals[request.Proposal] = fields;
        _inbox.Enqueue(new ConsensusInput.ProposalBuilt(request.Proposal, fields));
    }

    private void OnRequestVerdict(BlockId block)
    {
        if (Tree.TryGet(block, out BlockTreeNode? node))
        {
            _network.Judge(this, node);
        }
    }

    /// <summary>The host executed a block.</summary>
    public void OnJudged(BlockId block, bool isValid)
    {
        if (!IsUp || !Tree.TryGet(block, out BlockTreeNode? node))
        {
            return;
        }

        if (isValid && node.Status != BlockStatus.Invalid)
        {
            Tree.MarkValid(block);
            Stored[block] = node.Header;
            Feed(new ConsensusInput.BlockJudged(block, new BlockVerdict.Valid()));
        }
        else
        {
            Tree.MarkInvalid(block);
            Feed(new ConsensusInput.BlockJudged(block, new BlockVerdict.Invalid("by order of the test")));
        }
    }

    private void OnSeal(ConsensusOutput.Seal seal)
    {
        BlockHeader header = BlockHeader.Create(_proposals[seal.Proposal], seal.Bytes.Span);
        Sealed.Add((header.Id, _network.Now));
        AddHeaderResult added = Tree.TryAdd(header, Engine.Rules, _network.WallClockOf(Index));
        if (added.Status == AddHeaderStatus.Added)
        {
            _inbox.Enqueue(new ConsensusInput.HeaderArrived(header));
            _network.Spread(this, header);
        }
        else
        {
            Reports.Add((default, $"own header {added.Status} {added.Verdict}"));
        }
    }

    private void OnSign(ConsensusOutput.Sign sign)
    {
        bool marked = Marks.TryGetValue(sign.Purpose, out (ulong Watermark, Hash256 Message) mark);
        bool again = marked && mark == (sign.Watermark, sign.Message);
        if (KeyIndex < 0 || (GuardsSignatures && marked && sign.Watermark <= mark.Watermark && !again))
        {
            _inbox.Enqueue(new ConsensusInput.SignRefused(sign.Intent));
            return;
        }

        Marks[sign.Purpose] = (sign.Watermark, sign.Message);
        SignedEver.Add((sign.Purpose, sign.Watermark, sign.Message));
        _inbox.Enqueue(new ConsensusInput.Signed(sign.Intent, _network.Sign(KeyIndex, sign.Message)));
    }

    private void OnProve(ConsensusOutput.ProveRandomness prove) =>
        _inbox.Enqueue(new ConsensusInput.Signed(prove.Intent, _network.Prove(KeyIndex, prove.Message)));

    private void OnPersist(ConsensusRecord record)
    {
        if (_network.Disk == TimeSpan.Zero)
        {
            Records[record.Key] = record;
            _inbox.Enqueue(new ConsensusInput.RecordDurable(record.Key));
            return;
        }

        int life = _life;
        _network.At(_network.Now + _network.Disk, () =>
        {
            if (life == _life)
            {
                Records[record.Key] = record;
                Feed(new ConsensusInput.RecordDurable(record.Key));
            }
        });
    }

    private void OnFinalize(ConsensusOutput.Finalize final)
    {
        if (Tree.TryGet(final.Block, out BlockTreeNode? node) && node.IsOnChainOf(Tree.Head))
        {
            Tree.Finalize(final.Block);
            Certificate.TryDecode(final.Certificate, out Certificate? certificate);
            Finalized.Add((final.Block, node.Height, certificate!, _network.Now));
            _network.OnFinalized(this, node);
        }
    }
}
