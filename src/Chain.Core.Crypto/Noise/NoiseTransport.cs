namespace Chain.Core.Crypto;

/// <summary>The channel after a handshake: one cipher for each direction, each with its own counter.</summary>
/// <remarks>One thread may send while another receives; the two ciphers share nothing.</remarks>
public sealed class NoiseTransport : IDisposable
{
    internal NoiseTransport(NoiseCipher sending, NoiseCipher receiving)
    {
        Sending = sending;
        Receiving = receiving;
    }

    /// <summary>Encrypts what this side sends.</summary>
    public NoiseCipher Sending { get; }

    /// <summary>Decrypts what the peer sent.</summary>
    public NoiseCipher Receiving { get; }

    /// <summary>Releases both keys.</summary>
    public void Dispose()
    {
        Sending.Dispose();
        Receiving.Dispose();
    }
}
