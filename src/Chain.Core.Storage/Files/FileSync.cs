using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Chain.Core.Storage;

/// <summary>
/// Brings files and directories to stable storage and checks the answer. On Unix, .NET hides a failed fsync:
/// <c>FileStream.Flush(true)</c> returns normally on EIO.
/// </summary>
internal static partial class FileSync
{
    private const int InterruptedError = 4;
    private const int NoSpaceError = 28;

    // O_RDONLY is 0 on every Unix; O_CLOEXEC differs.
    private static int OpenDirectoryFlags => OperatingSystem.IsLinux() ? 0x8_0000 : OperatingSystem.IsMacOS() ? 0x100_0000 : 0;

    internal static void File(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        Check(() => Fsync(file));
    }

    /// <summary>Makes a rename or a new file in the directory survive a loss of power. Windows needs nothing here.</summary>
    internal static void Directory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = Check(() => Open(path, OpenDirectoryFlags));
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        Check(() => Fsync(handle));
    }

    private static int Check(Func<int> call)
    {
        while (true)
        {
            int result = call();
            if (result >= 0)
            {
                return result;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error != InterruptedError)
            {
                throw new StorageException(
                    error == NoSpaceError ? StorageFault.Full : StorageFault.Io,
                    $"The disk did not confirm a write: {Marshal.GetPInvokeErrorMessage(error)}.");
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
