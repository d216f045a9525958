namespace Chain.Core.Crypto;

/// <summary>Which side of a handshake a party is on.</summary>
public enum NoiseRole
{
    /// <summary>Writes the first message.</summary>
    Initiator = 1,

    /// <summary>Reads the first message.</summary>
    Responder = 2,
}
