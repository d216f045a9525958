using Chain.Core.Crypto;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Node.Tests.Signing;

public sealed class SigningMarkFileTests : IDisposable
{
    private static readonly BlockId Genesis = new(Sha256.Hash("genesis"u8));
    private static readonly AccountAddress Key = new(Sha256.Hash("key"u8));
    private static readonly SigningMark[] Marks = [new(1, 9, Sha256.Hash("a"u8)), new(2, 7, Sha256.Hash("b"u8))];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chain-core-");

    private string Place => Path.Combine(_folder.FullName, "marks");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Read_NoFile_IsNull() => Assert.Null(new SigningMarkFile(Place, Genesis, Key).Read());

    [Fact]
    public void Record_ThenRead_GivesTheSame()
    {
        var file = new SigningMarkFile(Place, Genesis, Key);
        file.Record([]);
        Assert.Empty(file.Read()!);
        file.Record(Marks);
        Assert.Equal(Marks, new SigningMarkFile(Place, Genesis, Key).Read());
    }

    [Fact]
    public void Read_OtherChainOrKeyOrDamage_Throws()
    {
        new SigningMarkFile(Place, Genesis, Key).Record(Marks);
        Assert.Throws<InvalidDataException>(() => new SigningMarkFile(Place, new BlockId(Key.Value), Key).Read());
        Assert.Throws<InvalidDataException>(() => new SigningMarkFile(Place, Genesis, new AccountAddress(Genesis.Value)).Read());
        File.WriteAllBytes(Place, [1, 2, 3]);
        Assert.Throws<InvalidDataException>(() => new SigningMarkFile(Place, Genesis, Key).Read());
    }

    [Fact]
    public void Record_NoDirectory_Throws() => Assert.Throws<StorageException>(
        () => new SigningMarkFile(Path.Combine(Place, "nowhere", "marks"), Genesis, Key).Record(Marks));
}
