using BenchmarkDotNet.Attributes;
using Chain.Core.Crypto;

namespace Chain.Core.Benchmarks.Crypto;

/// <summary>Ed25519 verification of 200-byte messages under distinct keys.</summary>
[MemoryDiagnoser]
public class Ed25519Benchmarks
{
    private readonly bool[] _verdicts = new bool[256];

    private SignatureClaim[] _claims = [];
    private SodiumVerifier _sodium = new([]);

    [Params(1, 8, 256)]
    public int Signatures { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _claims = SignedMessages.Make(Signatures);
        _sodium = new SodiumVerifier(_claims);
    }

    [Benchmark(Baseline = true)]
    public void Libsodium() => _sodium.Verify(_verdicts);

    [Benchmark]
    public void VerifyOneByOne()
    {
        for (int i = 0; i < _claims.Length; i++)
        {
            _verdicts[i] = Ed25519.Verify(_claims[i].PublicKey.Span, _claims[i].Message.Span, _claims[i].Signature.Span);
        }
    }

    [Benchmark]
    public void VerifyMany() => Ed25519.Scheme.VerifyMany(_claims, _verdicts);
}
