using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace SupplyChain;

/// <summary>Things that go from hand to hand. Only who has a thing may pass it on, and every step is reported for good.</summary>
internal sealed class ItemsModule : Module
{
    public const int MaxName = 40;
    public const int MaxNote = 120;

    private readonly StateMap<string, AccountAddress> _owners;
    private readonly ModuleMethod<(string Item, string Note)> _make;
    private readonly ModuleMethod<(string Item, AccountAddress To, string Note)> _pass;

    public ItemsModule()
        : base("items")
    {
        _owners = Map("owners", Codecs.Text(MaxName), Codecs.Address);
        _make = Method("make", Codecs.Pair(Codecs.Text(MaxName), Codecs.Text(MaxNote)), OnMake);
        _pass = Method("pass", Codecs.Triple(Codecs.Text(MaxName), Codecs.Address, Codecs.Text(MaxNote)), OnPass);
        Moved = Event("moved", Codecs.Triple(Codecs.Text(MaxName), Codecs.Address, Codecs.Text(MaxNote)).Named("item", "owner", "note"));
    }

    /// <summary>An item has an owner, and what was noted.</summary>
    public ModuleEvent<(string Item, AccountAddress Owner, string Note)> Moved { get; }

    public Call Make(string item, string note) => _make.Call((item, note));

    public Call Pass(string item, AccountAddress to, string note) => _pass.Call((item, to, note));

    public AccountAddress? OwnerOf(IStateReader state, string item) => _owners.TryGet(state, item, out AccountAddress owner) ? owner : null;

    private CallResult OnMake(CallContext context, (string Item, string Note) made)
    {
        if (made.Item.Length == 0 || _owners.Contains(context, made.Item))
        {
            return CallResult.Failure(made.Item.Length == 0 ? "an item has a name" : "there is such an item");
        }

        return Give(context, made.Item, context.Sender, made.Note);
    }

    private CallResult OnPass(CallContext context, (string Item, AccountAddress To, string Note) passed) =>
        _owners.TryGet(context, passed.Item, out AccountAddress owner) && owner == context.Sender
            ? Give(context, passed.Item, passed.To, passed.Note)
            : CallResult.Failure("only the owner passes an item on");

    private CallResult Give(CallContext context, string item, AccountAddress to, string note)
    {
        _owners.Set(context, item, to);
        Moved.Emit(context, (item, to, note));
        return CallResult.Success;
    }
}
