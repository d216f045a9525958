namespace Chain.Core.Ledger;

/// <summary>A map of a module's state.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">What its keys look like.</param>
/// <param name="Value">What its values look like.</param>
public sealed record MapDescription(string Name, ValueShape Key, ValueShape Value);
