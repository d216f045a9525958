namespace Chain.Core.App.Genesis;

/// <summary>A validator of the first epoch.</summary>
/// <param name="Key">The Ed25519 key of its votes, 32 bytes in hexadecimal.</param>
/// <param name="Stake">Its stake in the smallest unit; made at genesis beside what <c>accounts</c> gives the operator.</param>
/// <param name="Operator">The account that runs it; that of its key where null.</param>
/// <param name="Commission">The part of its delegators' rewards that the operator takes, in hundredths of a percent.</param>
internal sealed record GenesisValidator(string Key, ulong Stake, string? Operator = null, ushort Commission = 0);
