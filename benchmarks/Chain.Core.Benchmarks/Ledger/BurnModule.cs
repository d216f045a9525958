using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Ledger;

/// <summary>A module whose calls do one kind of work as often as they are told.</summary>
internal sealed class BurnModule : Module
{
    private readonly ModuleMethod<(ulong First, ulong Second)> _read;
    private readonly ModuleMethod<(ulong First, ulong Second)> _write;
    private readonly ModuleMethod<(ulong First, ulong Second)> _tell;
    private readonly ModuleMethod<(ulong First, ulong Second)> _fill;

    public BurnModule()
        : base("burn")
    {
        Cells = Map("cells", Codecs.U64, Codecs.U64);
        StateMap<ulong, ReadOnlyMemory<byte>> blobs = Map("blobs", Codecs.U64, Codecs.Bytes(Blob));
        ModuleEvent<ulong> told = Event("told", Codecs.U64);
        Codec<(ulong First, ulong Second)> task = Codecs.Pair(Codecs.U64, Codecs.U64);
        var blob = new byte[Blob];
        _read = Method("read", task, (context, each) => Repeat(each.Second, i => Cells.TryGet(context, (each.First + (i * 7919)) % Keys, out _)));
        _write = Method("write", task, (context, each) => Repeat(each.Second, i => Cells.Set(context, (each.First + (i * 7919)) % Keys, i << 40)));
        _tell = Method("tell", task, (context, each) => Repeat(each.Second, i => told.Emit(context, i)));
        _fill = Method("fill", task, (context, each) => Repeat(each.Second, i => blobs.Set(context, each.First + i, blob)));
    }

    /// <summary>How many cells are filled before the first block.</summary>
    public const ulong Keys = 200_000;

    private const int Blob = 4096;

    public StateMap<ulong, ulong> Cells { get; }

    public Call Call(string kind, ulong seed, ulong times) => kind switch
    {
        "read" => _read.Call((seed, times)),
        "write" => _write.Call((seed, times)),
        "tell" => _tell.Call((seed, times)),
        _ => _fill.Call((seed, times)),
    };

    private static CallResult Repeat(ulong times, Action<ulong> work)
    {
        for (ulong i = 0; i < times; i++)
        {
            work(i);
        }

        return CallResult.Success;
    }
}
