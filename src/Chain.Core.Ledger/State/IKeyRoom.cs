using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>A reader that has room for the key that is asked for next, so that none is made for each.</summary>
internal interface IKeyRoom
{
    /// <summary>Free again after each access.</summary>
    WireWriter KeyRoom { get; }
}
