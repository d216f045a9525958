using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// Proves to a holder of a header the value of one key of one module, or that the key is not set. Canonical form:
/// <c>[modules, index, module path, path in the module's tree]</c>. About 32 × (log₂ keys + 3) bytes beside the value.
/// </summary>
public sealed class StateProof : IWireValue<StateProof>
{
    private const int Elements = 4;
    private const int MaxModulePath = 8; // 2⁸ modules

    private readonly int _modules;
    private readonly int _index;
    private readonly Hash256[] _modulePath;
    private readonly StatePath _path;

    private StateProof(int modules, int index, Hash256[] modulePath, StatePath path, ReadOnlyMemory<byte> encoded)
    {
        _modules = modules;
        _index = index;
        _modulePath = modulePath;
        _path = path;
        Encoded = encoded;
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>Decodes a proof that fills <paramref name="bytes"/> exactly. Decoding alone proves nothing.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out StateProof? proof) =>
        WireValue.TryDecode(bytes, out proof, out _);

    /// <inheritdoc/>
    public static bool TryRead(ref WireReader reader, [NotNullWhen(true)] out StateProof? value)
    {
        value = null;
        int start = reader.Position;
        if (!reader.TryReadArrayHeader(Elements)
            || !reader.TryReadUInt32(out uint modules, StateLimits.Modules)
            || !reader.TryReadUInt32(out uint index, StateLimits.Modules)
            || !reader.TryReadBytes(MaxModulePath * Hash256.Size, out ReadOnlyMemory<byte> hashes)
            || !(hashes.Length % Hash256.Size == 0 || reader.Fail(WireError.OutOfRange))
            || !StatePath.TryRead(ref reader, out StatePath? path))
        {
            return false;
        }

        var modulePath = new Hash256[hashes.Length / Hash256.Size];
        for (int i = 0; i < modulePath.Length; i++)
        {
            modulePath[i] = new Hash256(hashes.Span.Slice(i * Hash256.Size, Hash256.Size));
        }

        value = new StateProof((int)modules, (int)index, modulePath, path!, reader.Since(start));
        return true;
    }

    /// <summary>Whether this proves what <paramref name="key"/> is in the state of <paramref name="stateRoot"/>.</summary>
    /// <param name="stateRoot">From a header that the caller trusts.</param>
    /// <param name="module">Name of the module.</param>
    /// <param name="key">The key within the module.</param>
    /// <param name="value">The proven value, or null where the key is proven not to be set.</param>
    /// <returns>False where the proof is about something else or is forged; then nothing is known.</returns>
    public bool TryVerify(in Hash256 stateRoot, string module, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte>? value)
    {
        ArgumentNullException.ThrowIfNull(module);
        if (!_path.TryFindRoot(key, out Hash256 moduleRoot, out value))
        {
            return false;
        }

        Hash256 leaf = ChainState.LeafOf(module, in moduleRoot);
        bool proven = MerkleTree.VerifyInclusion(in stateRoot, (ulong)_modules, (ulong)_index, in leaf, _modulePath);
        value = proven ? value : null;
        return proven;
    }

    internal static StateProof Create(int modules, int index, Hash256[] modulePath, StatePath path)
    {
        var writer = new WireWriter(1024).ArrayHeader(Elements).UInt64((uint)modules).UInt64((uint)index);
        var hashes = new byte[modulePath.Length * Hash256.Size];
        for (int i = 0; i < modulePath.Length; i++)
        {
            modulePath[i].CopyTo(hashes.AsSpan(i * Hash256.Size));
        }

        writer.Bytes(hashes);
        path.Append(writer);
        return new StateProof(modules, index, modulePath, path, writer.ToArray());
    }
}
