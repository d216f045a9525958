using System.Runtime.CompilerServices;

namespace Chain.Core.Wire.Tests;

/// <summary>Every encoding stands in a file: whoever changes one breaks the network and sees it here.</summary>
public sealed class GoldenTests
{
    /// <summary>Set to 1, this writes the files anew. The change belongs under "wire format" in the changelog.</summary>
    private const string WriteVariable = "CHAIN_CORE_WRITE_GOLDEN";

    private static readonly string[] AllNames = [.. Samples.Messages.Keys, "block", "header", "transaction"];

    public static TheoryData<string> Names => [.. AllNames];

    [Theory]
    [MemberData(nameof(Names))]
    public void Encode_Sample_HasItsPinnedBytes(string name)
    {
        byte[] encoded = Encode(name);
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            File.WriteAllText(Path.Combine(SourceFolder(), "Golden", name + ".hex"), Convert.ToHexStringLower(encoded) + "\n");
        }

        Assert.Equal(Pinned(name), Convert.ToHexStringLower(encoded));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_PinnedBytes_EncodesToThem(string name)
    {
        byte[] pinned = Convert.FromHexString(Pinned(name));
        Assert.True(Decoders.Of(name)(pinned, out byte[] again, out WireError error), $"{error}");
        Assert.Equal(pinned, again);
    }

    [Fact]
    public void Golden_EveryMessageKind_HasAFile()
    {
        MessageKind[] pinned = [.. Samples.Messages.Values.Select(message => message.Kind).Distinct().Order()];
        Assert.Equal(Enum.GetValues<MessageKind>().Where(kind => kind != MessageKind.None), pinned);
        Assert.Equal(
            AllNames.Select(name => name + ".hex").Order(StringComparer.Ordinal),
            Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Golden")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Ids_OfSamples_ArePinned()
    {
        Assert.Equal("a96067f0a2ee77ce3027e2acce13918960dd64ba3d533103f2c70b7fc284aa95", Samples.Header.Id.Value.ToString());
        Assert.Equal("3e68b21647b909df3a0df32b2ae2b526df64c04fded537f167892a24325b3b4a", Samples.Transfer.Id.Value.ToString());
        Assert.Equal("5619030a74f68249c0559cd20eb69cbc405ce278ad11f68635bfc79a9d28f36b", Samples.Transfer.Sender.Value.ToString());
        Assert.Equal("0f919e2213d2269ea83fb1c55673b4a79d1f6be182a630964839f29b570f5d1e", BlockHeader.UnsealedHash(Samples.Header.Fields).ToString());
        Assert.Equal("1818145c0f0cf78b77287a91c278b096a2dd8ad95382f4ec9ffc48ff2e6edbdd", Block.RootOf(Samples.Block.Transactions).ToString());
    }

    private static byte[] Encode(string name) => name switch
    {
        "block" => Samples.Block.Encoded.ToArray(),
        "header" => Samples.Header.Encoded.ToArray(),
        "transaction" => Samples.Transfer.Encoded.ToArray(),
        _ => PeerMessageCodec.Encode(Samples.Messages[name]),
    };

    private static string Pinned(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name + ".hex")).TrimEnd();

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
