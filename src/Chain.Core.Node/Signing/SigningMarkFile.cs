using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Node;

/// <summary>
/// A witness in a file of its own, for a directory that is not part of the node's data directory and its backups, best
/// beside the key. Each new mark replaces the file and is on stable storage before a signature leaves.
/// </summary>
/// <remarks>One node at a time may use a file; two nodes with one key sign twice, whatever they write where.</remarks>
public sealed class SigningMarkFile : ISigningWitness
{
    private readonly string _path;
    private readonly BlockId _genesis;
    private readonly AccountAddress _key;

    /// <summary>The file at this path, which need not be there yet; its directory must be.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="genesis">The chain that is signed for.</param>
    /// <param name="key">The account of the signer's key.</param>
    public SigningMarkFile(string path, BlockId genesis, AccountAddress key)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = Path.GetFullPath(path);
        _genesis = genesis;
        _key = key;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is damaged, or belongs to another chain or key.</exception>
    /// <exception cref="StorageException">The file cannot be read.</exception>
    public IReadOnlyList<SigningMark>? Read()
    {
        byte[] bytes;
        try
        {
            if (!File.Exists(_path))
            {
                return null;
            }

            bytes = File.ReadAllBytes(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{_path} could not be read: {e.Message}", e);
        }

        if (!SigningHistory.TryDecode(bytes, out SigningHistory? history))
        {
            throw new InvalidDataException($"{_path} is damaged: nothing is signed until it is restored or removed by hand.");
        }

        return history.Genesis == _genesis && history.Key == _key
            ? history.Marks
            : throw new InvalidDataException($"{_path} belongs to another chain or key.");
    }

    /// <inheritdoc/>
    /// <exception cref="StorageException">The disk did not confirm the write.</exception>
    public void Record(IReadOnlyList<SigningMark> marks)
    {
        ArgumentNullException.ThrowIfNull(marks);
        AtomicFile.Write(_path, new SigningHistory(_genesis, _key, marks).Encode(), ownerOnly: true);
    }
}
