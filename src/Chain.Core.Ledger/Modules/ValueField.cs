namespace Chain.Core.Ledger;

/// <summary>One element of a <see cref="ValueShape.Tuple"/>.</summary>
/// <param name="Name">What the module calls it; empty where it has no name.</param>
/// <param name="Shape">What it looks like.</param>
public sealed record ValueField(string Name, ValueShape Shape);
