using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests;

/// <summary>A module that does one kind of work again and again, and counts how often it did.</summary>
internal sealed class BurnModule : Module
{
    private readonly StateMap<ulong, ulong> _cells;
    private readonly ModuleMethod<ulong> _read;
    private readonly ModuleMethod<ulong> _write;
    private readonly ModuleMethod<ulong> _tell;

    public BurnModule()
        : base("burn")
    {
        Told = Event("told", Codecs.U64);
        _cells = Map("cells", Codecs.U64, Codecs.U64);
        _read = Method("read", Codecs.U64, (context, seed) => Burn(10_000, i => _cells.TryGet(context, seed + i, out _)));
        _write = Method("write", Codecs.U64, (context, seed) => Burn(3_000, i => _cells.Set(context, seed + i, i)));
        _tell = Method("tell", Codecs.U64, (context, _) => Burn(30_000, i => Told.Emit(context, i)));
    }

    public ModuleEvent<ulong> Told { get; }

    /// <summary>How often the work was done, whatever became of it.</summary>
    public long Done { get; private set; }

    public Call Call(string kind, ulong seed) => kind switch
    {
        "read" => _read.Call(seed),
        "write" => _write.Call(seed),
        _ => _tell.Call(seed),
    };

    /// <summary>Goes on until the cost is used up, or until it has done more than any cost pays for.</summary>
    private CallResult Burn(ulong patience, Action<ulong> work)
    {
        for (ulong i = 0; i < patience; i++)
        {
            work(i);
            Done++;
        }

        return CallResult.Success;
    }
}
