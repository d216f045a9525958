using System.Runtime.InteropServices;

namespace Chain.Core.Storage.RocksDb;

/// <summary>Keeps a native object alive for one call, whoever disposes it meanwhile.</summary>
internal readonly ref struct HandleUse : IDisposable
{
    private readonly SafeHandle _handle;

    /// <exception cref="ObjectDisposedException">The object is gone.</exception>
    internal HandleUse(SafeHandle handle)
    {
        bool added = false;
        handle.DangerousAddRef(ref added);
        _handle = handle;
    }

    public void Dispose() => _handle.DangerousRelease();
}
