using System.Text;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core;

/// <summary>
/// A key for development. Anybody can derive it from its name, for that is what it is for: an account or a validator of a
/// chain that holds anything of value must never have it.
/// </summary>
public sealed class DevKey
{
    private DevKey(string name)
    {
        Name = name;
        Hash256 seed = Sha256.Hash(Encoding.UTF8.GetBytes($"chain-core dev account {name}"));
        Seed = seed.ToArray();
        Key = new Ed25519PrivateKey(Seed.Span);
        Address = AccountAddress.FromKey(Key.Scheme, Key.PublicKey.Span);
    }

    /// <summary>Ten keys, always the same: alice, bob, carol, dave, erin, frank, grace, heidi, ivan, judy.</summary>
    public static IReadOnlyList<DevKey> All { get; } =
    [
        new("alice"), new("bob"), new("carol"), new("dave"), new("erin"),
        new("frank"), new("grace"), new("heidi"), new("ivan"), new("judy"),
    ];

    /// <summary>A name for people.</summary>
    public string Name { get; }

    /// <summary>The 32 bytes that the key, and a validator's key for randomness, are made from.</summary>
    public ReadOnlyMemory<byte> Seed { get; }

    /// <summary>The key; never to be disposed.</summary>
    public ISigner Key { get; }

    /// <summary>The account of the key.</summary>
    public AccountAddress Address { get; }

    /// <summary>The key of a name; null where there is none.</summary>
    public static DevKey? Find(string name) => All.FirstOrDefault(key => key.Name == name);
}
