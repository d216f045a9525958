using MessagePack;

namespace Chain.Core.Benchmarks.Wire;

/// <summary>The fields of a transaction as a user of MessagePack would declare them.</summary>
[MessagePackObject]
public sealed class PeerTransaction
{
    [Key(0)]
    public PeerTransactionBody Body { get; set; } = new();

    [Key(1)]
    public byte[] Signature { get; set; } = [];
}

/// <summary>What is signed.</summary>
[MessagePackObject]
public sealed class PeerTransactionBody
{
    [Key(0)]
    public byte Scheme { get; set; }

    [Key(1)]
    public byte[] SenderKey { get; set; } = [];

    [Key(2)]
    public ulong Nonce { get; set; }

    [Key(3)]
    public ulong Fee { get; set; }

    [Key(4)]
    public ulong ValidUntil { get; set; }

    [Key(5)]
    public string Module { get; set; } = "";

    [Key(6)]
    public string Method { get; set; } = "";

    [Key(7)]
    public byte[] Arguments { get; set; } = [];
}

/// <summary>A block of them.</summary>
[MessagePackObject]
public sealed class PeerBlock
{
    [Key(0)]
    public PeerHeader Header { get; set; } = new();

    [Key(1)]
    public PeerTransaction[] Transactions { get; set; } = [];
}

/// <summary>The fields of a header.</summary>
[MessagePackObject]
public sealed class PeerHeader
{
    [Key(0)]
    public uint Version { get; set; }

    [Key(1)]
    public ulong Height { get; set; }

    [Key(2)]
    public byte[] Parent { get; set; } = [];

    [Key(3)]
    public ulong Time { get; set; }

    [Key(4)]
    public byte[] TransactionsRoot { get; set; } = [];

    [Key(5)]
    public byte[] StateRoot { get; set; } = [];

    [Key(6)]
    public byte[] HistoryRoot { get; set; } = [];

    [Key(7)]
    public byte[] Seal { get; set; } = [];
}
