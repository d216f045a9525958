using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace CustomChain;

/// <summary>A guestbook: every account may sign it once, and anybody can read an entry, or check a proof of it.</summary>
internal sealed class GuestbookModule : Module
{
    public const int MaxTextBytes = 280;

    private readonly ModuleMethod<string> _sign;
    private readonly StateValue<ulong> _count;

    public GuestbookModule()
        : base("guestbook")
    {
        Entries = Map("entries", Codecs.Address, Codecs.Pair(Codecs.Height, Codecs.Text(MaxTextBytes)));
        _count = Value("count", Codecs.U64);
        _sign = Method("sign", Codecs.Text(MaxTextBytes), OnSign);
        Signed = Event("signed", Codecs.Pair(Codecs.Address, Codecs.Text(MaxTextBytes)).Named("author", "text"));
    }

    /// <summary>Who wrote what, and in which block.</summary>
    public StateMap<AccountAddress, (BlockHeight Height, string Text)> Entries { get; }

    /// <summary>Reported by each entry: who wrote what.</summary>
    public ModuleEvent<(AccountAddress Guest, string Text)> Signed { get; }

    /// <summary>The call that writes an entry under the name of the transaction's sender.</summary>
    public Call Sign(string text) => _sign.Call(text);

    public ulong CountOf(IStateReader state) => _count.GetOr(state, 0);

    private CallResult OnSign(CallContext context, string text)
    {
        if (text.Length == 0 || Entries.Contains(context, context.Sender))
        {
            return CallResult.Failure(text.Length == 0 ? "write something" : "you have signed already");
        }

        Entries.Set(context, context.Sender, (context.Height, text));
        _count.Set(context, CountOf(context) + 1);
        Signed.Emit(context, (context.Sender, text));
        return CallResult.Success;
    }
}
