using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Net;
using Chain.Core.Machines;
using Chain.Core.Storage;
using Chain.Core.Transport;
using Chain.Core.Wire;

namespace Chain.Core.Node.Tests.Loop;

/// <summary>A loop around one machine, with a store and a transport that only write down what they are told.</summary>
internal sealed class LoopFixture : IKeyValueStore, ITransport
{
    private readonly MemoryStore _store = new();
    private readonly MachineLoop _loop;

    public LoopFixture(IMachine<HostInput> machine) => _loop = new MachineLoop(
        machine,
        this,
        this,
        new LoopInbox(inputCapacity: 16),
        jobThreads: 1,
        TimeProvider.System,
        new LoopMeters(new Meter(nameof(LoopFixture)), TimeProvider.System),
        static _ => { },
        static _ => { });

    /// <summary>What was carried out, in order; read it after <see cref="Stop"/>.</summary>
    public List<string> Told { get; } = [];

    public PeerId LocalPeer => default;

    public void Start() => _loop.Start();

    /// <summary>Ends the loop and waits for its thread.</summary>
    public void Stop() => _loop.Dispose();

    public void Write(WriteBatch batch, Durability durability)
    {
        Told.Add($"write {batch.Operations.Count} {durability}");
        _store.Write(batch, durability);
    }

    public bool Send(ConnectionId connection, PeerMessage message)
    {
        Told.Add("send");
        return true;
    }

    public IPEndPoint Listen(IPEndPoint endPoint) => endPoint;

    public void Dial(PeerAddress address) => Told.Add("dial");

    public void Close(ConnectionId connection, string reason) => Told.Add("close");

    /// <summary>What a job starts with.</summary>
    public IKeyValueSnapshot CreateSnapshot()
    {
        Told.Add("job");
        return _store.CreateSnapshot();
    }

    public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value) => _store.TryGet(key, out value);

    public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(
        ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from = default) => _store.Scan(prefix, from);

    public void Dispose() => _store.Dispose();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
