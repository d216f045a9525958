namespace Chain.Core.App.Genesis;

/// <summary>An account that begins with coins.</summary>
/// <param name="Address">Its address, 32 bytes in hexadecimal.</param>
/// <param name="Amount">Its coins in the smallest unit.</param>
internal sealed record GenesisAccount(string Address, ulong Amount);
