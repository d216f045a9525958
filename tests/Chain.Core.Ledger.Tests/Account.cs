using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests;

/// <summary>A person with a key of the fake scheme.</summary>
internal sealed class Account(int number) : ISigner
{
    private readonly byte[] _key = BitConverter.GetBytes(number);

    public SignatureSchemeTag Scheme => FakeScheme.FakeTag;

    public ReadOnlyMemory<byte> PublicKey => _key;

    public AccountAddress Address => AccountAddress.FromKey(Scheme, _key);

    public byte[] Sign(ReadOnlySpan<byte> message) => FakeScheme.Sign(_key, message);
}
