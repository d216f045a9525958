namespace Chain.Core.Machines;

/// <summary>Names a job of one machine, so that the machine can tell a late result from the one that it waits for.</summary>
/// <param name="Value">The machine's own numbering.</param>
public readonly record struct JobId(ulong Value);
