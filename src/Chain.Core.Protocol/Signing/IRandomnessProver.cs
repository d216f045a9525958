namespace Chain.Core.Protocol;

/// <summary>Holds the key of a verifiable random function; the key may live elsewhere.</summary>
public interface IRandomnessProver
{
    /// <summary>The public key.</summary>
    ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>The proof of the key's output for <paramref name="input"/>, the same each time.</summary>
    byte[] Prove(ReadOnlySpan<byte> input);
}
