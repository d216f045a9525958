using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core.App.Tests.Transactions;

/// <summary>A module that the tool does not know, with arguments of every shape.</summary>
internal sealed class RegisterModule : Module
{
    private readonly ModuleMethod<string> _note;
    private readonly ModuleMethod<(AccountAddress Owner, uint Size, bool IsOpen)> _enter;
    private readonly ModuleMethod<(UnixTime Since, BlockHeight Until, ReadOnlyMemory<byte> Proof)> _prove;
    private readonly ModuleMethod<(IReadOnlyList<(uint, string)> Parts, Crypto.Hash256 Link)> _list;

    public RegisterModule()
        : base("register")
    {
        Noted = Value("noted", Codecs.Text(64));
        Sizes = Map("sizes", Codecs.Address, Codecs.U32);
        _note = Method("note", Codecs.Text(20), (context, text) =>
        {
            Noted.Set(context, text);
            return text.Length > 0 ? CallResult.Success : CallResult.Failure("write something");
        });
        _enter = Method("enter", Codecs.Triple(Codecs.Address, Codecs.U32, Codecs.Boolean).Named("owner", "size", "open"), (context, entry) =>
        {
            Sizes.Set(context, entry.First, entry.Second);
            return CallResult.Success;
        });
        _prove = Method("prove", Codecs.Triple(Codecs.Time, Codecs.Height, Codecs.Bytes(4)), static (_, _) => CallResult.Success);
        _list = Method("list", Codecs.Pair(Codecs.List(Codecs.Pair(Codecs.U32, Codecs.Text(8)), 3), Codecs.Hash).Named("parts", "link"), static (_, _) => CallResult.Success);
    }

    public StateValue<string> Noted { get; }

    public StateMap<AccountAddress, uint> Sizes { get; }

    public Call Note(string text) => _note.Call(text);

    public Call Enter(AccountAddress owner, uint size, bool isOpen) => _enter.Call((owner, size, isOpen));

    public Call Prove(UnixTime since, BlockHeight until, ReadOnlyMemory<byte> proof) => _prove.Call((since, until, proof));

    public Call List(IReadOnlyList<(uint, string)> parts, Crypto.Hash256 link) => _list.Call((parts, link));
}
