using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>What a new chain begins with. Equal specs give equal genesis blocks; any difference gives another chain.</summary>
/// <param name="Network">The network number, as hellos carry it.</param>
/// <param name="ChainName">The name for people, at most 64 UTF-8 bytes.</param>
/// <param name="Time">The time of the genesis header.</param>
/// <param name="Modules">What each module begins with, set up in this order; modules without an entry come last and get no data.</param>
public sealed record GenesisSpec(uint Network, string ChainName, UnixTime Time, IReadOnlyList<ModuleGenesis> Modules);
