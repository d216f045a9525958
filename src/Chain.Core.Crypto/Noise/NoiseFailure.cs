namespace Chain.Core.Crypto;

/// <summary>Why a handshake died.</summary>
public enum NoiseFailure
{
    /// <summary>It lives.</summary>
    None = 0,

    /// <summary>A message came while it was this side's turn, or after the last one.</summary>
    OutOfTurn = 1,

    /// <summary>A message is shorter than its keys and tags.</summary>
    Truncated = 2,

    /// <summary>A message is longer than 65,535 bytes, or its payload than the room the caller gave.</summary>
    TooLong = 3,

    /// <summary>A public key of the peer is of small order, or is a key of our own: a reflected message, or a call to ourselves.</summary>
    BadPublicKey = 4,

    /// <summary>A tag does not match: tampering, another key, another prologue or another protocol.</summary>
    NotAuthentic = 5,
}
