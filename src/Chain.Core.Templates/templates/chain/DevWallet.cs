using System.Text;
using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace New_Chain;

/// <summary>An account for development. Anybody can derive its key from its name: that is what it is for.</summary>
public sealed class DevWallet
{
    private DevWallet(string name)
    {
        Name = name;
        Seed = Sha256.Hash(Encoding.UTF8.GetBytes($"New-Chain {name}")).ToArray();
        Key = new Ed25519PrivateKey(Seed);
        Address = AccountAddress.FromKey(Key.Scheme, Key.PublicKey.Span);
    }

    public static IReadOnlyList<DevWallet> All { get; } =
    [
        new("alice"), new("bob"), new("carol"), new("dave"), new("erin"),
        new("frank"), new("grace"), new("heidi"), new("ivan"), new("judy"),
    ];

    public string Name { get; }

    public byte[] Seed { get; }

    public Ed25519PrivateKey Key { get; }

    public AccountAddress Address { get; }

    public ValidatorKey ValidatorKey => new(Key.Scheme, Key.PublicKey);

    public static DevWallet? Find(string name) => All.FirstOrDefault(each => each.Name == name);
}
