namespace Chain.Core.Crypto;

/// <summary>The words of a handshake pattern (Noise revision 34, §7.1 and §9.2).</summary>
internal enum NoiseToken : byte
{
    E,
    S,
    EE,
    ES,
    SE,
    SS,
    Psk,
}
