namespace Chain.Core.Ledger;

/// <summary>Where a subtree stands in a <see cref="StatePage"/>; the default value is the top of the page.</summary>
/// <param name="Byte">Where its encoding begins.</param>
/// <param name="Hash">Where its hashes begin.</param>
/// <param name="Below">How many pages go on before it.</param>
internal readonly record struct PagePlace(int Byte, int Hash, int Below)
{
    /// <summary>The place of the left child of an inner node.</summary>
    public PagePlace Left => new(Byte + 1, Hash + 1, Below);
}
