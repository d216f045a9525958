using System.Text;
using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.App.Testnet;

/// <summary>Who the nodes of a testnet are to each other. Anybody can derive these keys.</summary>
internal static class TestnetIdentity
{
    public static byte[] SeedOf(int node) => Sha256.Hash(Encoding.UTF8.GetBytes($"chain-core testnet node {node}")).ToArray();

    public static PeerId PeerOf(int node)
    {
        using var key = new X25519PrivateKey(SeedOf(node));
        return new PeerId(new Hash256(key.PublicKey.Span));
    }
}
