using Chain.Core.Crypto;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Simulation.Tests.Laboratory;

public class SharedVerdictsTests
{
    [Fact]
    public void VerifyMany_RightAndWrongAgainAndAgain_EachHasItsVerdict()
    {
        var counting = new CountingScheme();
        var shared = new SharedVerdicts(counting);
        using var key = new Ed25519PrivateKey(new byte[32]);
        byte[] message = [1, 2, 3];
        byte[] signature = key.Sign(message);
        byte[] broken = [.. signature];
        broken[40] ^= 1;
        SignatureClaim[] claims =
        [
            new(key.PublicKey, message, signature),
            new(key.PublicKey, message, broken),
            new(key.PublicKey, new byte[] { 1, 2, 4 }, signature),
        ];
        for (int i = 0; i < 3; i++)
        {
            var verdicts = new bool[3];
            shared.VerifyMany(claims, verdicts);
            Assert.Equal([true, false, false], verdicts);
        }

        Assert.Equal(3, counting.Verified);
    }

    private sealed class CountingScheme : ISignatureScheme
    {
        public int Verified { get; private set; }

        public SignatureSchemeTag Tag => Ed25519.Scheme.Tag;

        public int PublicKeySize => Ed25519.Scheme.PublicKeySize;

        public int SignatureSize => Ed25519.Scheme.SignatureSize;

        public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => throw new InvalidOperationException();

        public void VerifyMany(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts)
        {
            Verified += claims.Length;
            Ed25519.Scheme.VerifyMany(claims, verdicts);
        }
    }
}
