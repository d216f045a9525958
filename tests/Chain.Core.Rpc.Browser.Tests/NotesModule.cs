using Chain.Core.Ledger;

namespace Chain.Core.Rpc.Browser.Tests;

/// <summary>Anybody may write any text: what an explorer must never take for markup.</summary>
internal sealed class NotesModule : Module
{
    private const int MaxBytes = 256;

    private readonly ModuleMethod<string> _write;
    private readonly ModuleEvent<string> _written;

    public NotesModule()
        : base("notes")
    {
        _write = Method("write", Codecs.Text(MaxBytes), OnWrite);
        _written = Event("written", Codecs.Text(MaxBytes));
    }

    public Wire.Call Write(string text) => _write.Call(text);

    private CallResult OnWrite(CallContext context, string text)
    {
        _written.Emit(context, text);
        return CallResult.Success;
    }
}
