namespace Chain.Core.Simulation;

/// <summary>A key and its value on simulated disks; any number of disks may hold the same object.</summary>
internal sealed class DiskRecord(ReadOnlyMemory<byte> key, byte[] value)
{
    public ReadOnlyMemory<byte> Key { get; } = key;

    public byte[] Value { get; } = value;
}
