namespace Chain.Core.Machines;

/// <summary>What a write has survived when it counts as done.</summary>
public enum Durability
{
    /// <summary>A crash of the process, not of the machine: the write may wait in the operating system.</summary>
    Buffered,

    /// <summary>A loss of power: the write is on stable storage.</summary>
    Durable,
}
