using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace New_Chain;

/// <summary>Every account has one note, which it may change. This is where your own rules go.</summary>
public sealed class NotesModule : Module
{
    private const int MaxTextBytes = 280;

    private readonly StateMap<AccountAddress, string> _notes;
    private readonly ModuleMethod<string> _write;

    public NotesModule()
        : base("notes")
    {
        _notes = Map("notes", Codecs.Address, Codecs.Text(MaxTextBytes));
        _write = Method("write", Codecs.Text(MaxTextBytes), OnWrite);
        Written = Event("written", Codecs.Pair(Codecs.Address, Codecs.Text(MaxTextBytes)));
    }

    public ModuleEvent<(AccountAddress Author, string Text)> Written { get; }

    /// <summary>The call for a transaction to carry.</summary>
    public Call Write(string text) => _write.Call(text);

    public string NoteOf(IStateReader state, AccountAddress author) => _notes.GetOr(state, author, "");

    // The same on every node: no clock, no randomness, no files. The analyzers of Chain.Core.Ledger watch over it.
    private CallResult OnWrite(CallContext context, string text)
    {
        if (text.Length == 0)
        {
            return CallResult.Failure("write something");
        }

        _notes.Set(context, context.Sender, text);
        Written.Emit(context, (context.Sender, text));
        return CallResult.Success;
    }
}
