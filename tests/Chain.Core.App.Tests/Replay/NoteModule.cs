using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core.App.Tests.Replay;

/// <summary>Keeps one number. Two nodes that were built with different skews disagree on every number above <see cref="Agreed"/>.</summary>
internal sealed class NoteModule : Module
{
    public const ulong Agreed = 5;

    private readonly ModuleMethod<ulong> _write;

    public NoteModule(ulong skew)
        : base("note")
    {
        Noted = Value("noted", Codecs.U64);
        _write = Method("write", Codecs.U64, (context, number) =>
        {
            Noted.Set(context, number > Agreed ? number + skew : number);
            return CallResult.Success;
        });
    }

    public StateValue<ulong> Noted { get; }

    public Call Write(ulong number) => _write.Call(number);
}
