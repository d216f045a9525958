using System.Net;

namespace Chain.Core.Wire.Tests.Peers;

public sealed class PeerAddressTests
{
    [Theory]
    [InlineData("192.0.2.1:7000", PeerAddressKind.IPv4, "192.0.2.1")]
    [InlineData("0.0.0.0:1", PeerAddressKind.IPv4, "0.0.0.0")]
    [InlineData("[2001:db8::1]:65535", PeerAddressKind.IPv6, "2001:db8::1")]
    [InlineData("[::]:1", PeerAddressKind.IPv6, "::")]
    [InlineData("[::1]:80", PeerAddressKind.IPv6, "::1")]
    [InlineData("seed.example:7000", PeerAddressKind.Dns, "seed.example")]
    [InlineData("localhost:7000", PeerAddressKind.Dns, "localhost")]
    [InlineData("1and1.example:7000", PeerAddressKind.Dns, "1and1.example")]
    [InlineData("3f2a9c:7000", PeerAddressKind.Dns, "3f2a9c")]
    [InlineData("xn--mnchen-3ya.example:7000", PeerAddressKind.Dns, "xn--mnchen-3ya.example")]
    public void TryParse_CanonicalText_ReadsItAndWritesItBack(string text, PeerAddressKind kind, string host)
    {
        Assert.True(PeerAddress.TryParse(text, out PeerAddress? address));
        Assert.Equal(kind, address.Kind);
        Assert.Equal(host, address.Host);
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("SEED.Example:7000", "seed.example:7000")]
    [InlineData("[2001:DB8:0:0::1]:1", "[2001:db8::1]:1")]
    public void TryParse_OtherSpelling_BecomesTheCanonicalOne(string text, string canonical)
    {
        Assert.True(PeerAddress.TryParse(text, out PeerAddress? address));
        Assert.Equal(canonical, address.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(":7000")]
    [InlineData("seed.example")]
    [InlineData("seed.example:")]
    [InlineData("seed.example:0")]
    [InlineData("seed.example:65536")]
    [InlineData("seed.example:-1")]
    [InlineData("seed.example:+1")]
    [InlineData("seed.example: 1")]
    [InlineData("seed..example:1")]
    [InlineData(".example:1")]
    [InlineData("example.:1")]
    [InlineData("-seed.example:1")]
    [InlineData("seed-.example:1")]
    [InlineData("seed_1.example:1")]
    [InlineData("seed example:1")]
    [InlineData("sééd.example:1")]
    [InlineData("1:1")]
    [InlineData("127.1:1")]
    [InlineData("0x7f.1:1")]
    [InlineData("0x7f000001:1")]
    [InlineData("2130706433:1")]
    [InlineData("0177.0.0.1:1")]
    [InlineData("192.0.2.01:1")]
    [InlineData("256.256.256.256:1")]
    [InlineData("1.2.3.4.5:1")]
    [InlineData("example.1:1")]
    [InlineData("192.0.2.1.:1")]
    [InlineData("2001:db8::1:7000")]
    [InlineData("[192.0.2.1]:1")]
    [InlineData("[seed.example]:1")]
    [InlineData("[2001:db8::1]")]
    [InlineData("[fe80::1%1]:1")]
    [InlineData("[fe80::1%eth0]:1")]
    [InlineData("[::ffff:192.0.2.1]:1")]
    [InlineData("[[::1]]:1")]
    [InlineData("[[::1]:80]:1")]
    [InlineData("[]:1")]
    public void TryParse_AnythingElse_IsRefused(string? text)
    {
        Assert.False(PeerAddress.TryParse(text, out PeerAddress? address));
        Assert.Null(address);
    }

    [Fact]
    public void TryCreate_LongestNames_AreKeptAndLongerOnesRefused()
    {
        string label = new('a', 63);
        string longest = $"{label}.{label}.{label}.{new string('a', 61)}";
        Assert.Equal(PeerAddress.MaxHostLength, longest.Length);
        Assert.True(PeerAddress.TryCreate(longest, 1, out _));
        Assert.False(PeerAddress.TryCreate(longest + "a", 1, out _));
        Assert.False(PeerAddress.TryCreate(label + "a.example", 1, out _));
    }

    [Fact]
    public void From_MappedAddress_BecomesIPv4()
    {
        PeerAddress address = PeerAddress.From(IPAddress.Parse("::ffff:192.0.2.1"), 7000);
        Assert.Equal("192.0.2.1:7000", address.ToString());
        Assert.Throws<ArgumentException>(() => PeerAddress.From(IPAddress.Loopback, 0));
        Assert.Throws<ArgumentException>(() => PeerAddress.From(IPAddress.Loopback, 65536));
    }

    [Theory]
    [InlineData(1, "192.0.2.1", 7000, true)]
    [InlineData(2, "2001:db8::1", 7000, true)]
    [InlineData(3, "seed.example", 7000, true)]
    [InlineData(3, "SEED.example", 7000, false)]
    [InlineData(2, "2001:DB8::1", 7000, false)]
    [InlineData(2, "2001:db8:0::1", 7000, false)]
    [InlineData(2, "[2001:db8::1]", 7000, false)]
    [InlineData(2, "::ffff:192.0.2.1", 7000, false)]
    [InlineData(2, "::ffff:c000:201", 7000, false)]
    [InlineData(3, "192.0.2.1", 7000, false)]
    [InlineData(1, "seed.example", 7000, false)]
    [InlineData(1, "127.1", 7000, false)]
    [InlineData(0, "seed.example", 7000, false)]
    [InlineData(4, "seed.example", 7000, false)]
    [InlineData(3, "", 7000, false)]
    [InlineData(3, "\u212aelvin", 7000, false)] // the Kelvin sign, whose lower case is an ASCII letter
    [InlineData(3, "seed.example", 0, false)]
    public void Decode_Address_OnlyTheCanonicalSpellingPasses(ulong kind, string host, ulong port, bool passes)
    {
        byte[] message =
        [
            (byte)MessageKind.Addresses,
            .. new WireWriter().ArrayHeader(1).ArrayHeader(3).UInt64(kind).String(host).UInt64(port).ToArray(),
        ];
        Assert.Equal(passes, PeerMessageCodec.TryDecode(message, out _, out WireError error));
        Assert.Equal(passes, error == WireError.None);
    }
}
