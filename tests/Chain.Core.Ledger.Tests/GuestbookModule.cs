using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests;

/// <summary>What a chain author writes.</summary>
public sealed class GuestbookModule : Module
{
    private readonly StateMap<ulong, (AccountAddress Guest, string Text)> _entries;
    private readonly StateValue<ulong> _count;
    private readonly ModuleMethod<string> _sign;

    public GuestbookModule()
        : base("guestbook")
    {
        _entries = Map("entries", Codecs.U64, Codecs.Pair(Codecs.Address, Codecs.Text(280)));
        _count = Value("count", Codecs.U64);
        _sign = Method("sign", Codecs.Text(280), OnSign);
        Written = Event("written", Codecs.U64);
    }

    public ModuleEvent<ulong> Written { get; }

    public Call Sign(string text) => _sign.Call(text);

    public IEnumerable<(AccountAddress Guest, string Text)> Read(IStateReader state)
    {
        for (ulong i = 0; _entries.TryGet(state, i, out (AccountAddress, string) entry); i++)
        {
            yield return entry;
        }
    }

    private CallResult OnSign(CallContext context, string text)
    {
        if (text.Length == 0)
        {
            return CallResult.Failure("write something");
        }

        ulong number = _count.GetOr(context, 0);
        _entries.Set(context, number, (context.Sender, text));
        _count.Set(context, number + 1);
        Written.Emit(context, number);
        return CallResult.Success;
    }
}
