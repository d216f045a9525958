using Chain.Core.Crypto;

namespace Chain.Core.Protocol;

/// <summary>The last that was signed for a purpose.</summary>
/// <param name="Purpose">The consensus engine's numbering.</param>
/// <param name="Watermark">Where the message stands among those of its purpose.</param>
/// <param name="Message">What was signed; zero where only the watermark is known, which then forbids every message at it.</param>
public readonly record struct SigningMark(byte Purpose, ulong Watermark, Hash256 Message);
