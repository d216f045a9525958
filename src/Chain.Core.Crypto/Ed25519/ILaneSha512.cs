namespace Chain.Core.Crypto;

/// <summary>SHA-512 of several messages at once, one in each lane of a vector.</summary>
internal unsafe interface ILaneSha512
{
    /// <summary>Messages side by side.</summary>
    static abstract int Lanes { get; }

    /// <summary>Takes one block of 128 bytes for each lane into the states: eight aligned vectors.</summary>
    static abstract void Compress(ulong* state, byte** blocks);
}
