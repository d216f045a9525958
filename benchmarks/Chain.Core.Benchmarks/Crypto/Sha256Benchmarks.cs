using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Chain.Core.Crypto;

namespace Chain.Core.Benchmarks.Crypto;

/// <summary>SHA-256 of one message: two digests, a transaction, a large block part.</summary>
public class Sha256Benchmarks
{
    private byte[] _message = [];

    [Params(64, 200, 65_536)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Setup() => _message = new byte[Bytes];

    [Benchmark(Baseline = true)]
    public byte[] Runtime() => SHA256.HashData(_message);

    [Benchmark]
    public Hash256 Hash() => Sha256.Hash(_message);

    [Benchmark]
    public Hash256 HashTwice() => Sha256.HashTwice(_message);
}
