using System.Diagnostics.CodeAnalysis;
using System.Text;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// What became of a transaction in a block. Canonical form: <c>[transaction id, status, fee, cost, reason,
/// [[module, name, content], …]]</c>. The reason is empty unless the call failed. Immutable; keeps its bytes.
/// </summary>
public sealed class Receipt : IWireValue<Receipt>
{
    /// <summary>Longest reason in UTF-8 bytes.</summary>
    public const int MaxReasonBytes = 128;

    /// <summary>Most events of one transaction.</summary>
    public const int MaxEvents = 1024;

    private const int Elements = 6;

    private Receipt(
        TransactionId transaction, TransactionStatus status, ulong fee, ulong cost, string reason,
        LedgerEvent[] events, ReadOnlyMemory<byte> encoded)
    {
        Transaction = transaction;
        Status = status;
        Fee = fee;
        Cost = cost;
        Reason = reason;
        Events = events;
        Encoded = encoded;
    }

    /// <summary>The transaction that this is about.</summary>
    public TransactionId Transaction { get; }

    /// <summary>What became of its call.</summary>
    public TransactionStatus Status { get; }

    /// <summary>What the sender paid.</summary>
    public ulong Fee { get; }

    /// <summary>What it counted against the block's budget, in units of <see cref="LedgerLimits"/>.</summary>
    public ulong Cost { get; }

    /// <summary>Why the call failed, or empty.</summary>
    public string Reason { get; }

    /// <summary>What the call reported, in order; empty unless it was applied.</summary>
    public IReadOnlyList<LedgerEvent> Events { get; }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <inheritdoc/>
    public static bool TryRead(ref WireReader reader, [NotNullWhen(true)] out Receipt? value)
    {
        value = null;
        int start = reader.Position;
        if (!reader.TryReadArrayHeader(Elements)
            || !reader.TryReadHash(out Crypto.Hash256 id)
            || !reader.TryReadByte(out byte status, (byte)TransactionStatus.CostExceeded)
            || !reader.TryReadUInt64(out ulong fee)
            || !reader.TryReadUInt64(out ulong cost)
            || !reader.TryReadString(MaxReasonBytes, out string? reason)
            || !TryReadEvents(ref reader, out LedgerEvent[]? events))
        {
            return false;
        }

        value = new Receipt(new TransactionId(id), (TransactionStatus)status, fee, cost, reason, events, reader.Since(start));
        return true;
    }

    internal static Receipt Create(
        WireWriter room, CopiedBytes copies, TransactionId transaction, TransactionStatus status, ulong fee, ulong cost, string reason, ReadOnlySpan<LedgerEvent> events)
    {
        string kept = Cut(reason);
        Crypto.Hash256 id = transaction.Value;
        room.Clear();
        WireWriter writer = room.ArrayHeader(Elements).Hash(in id).UInt64((ulong)status).UInt64(fee).UInt64(cost).String(kept).ArrayHeader(events.Length);
        foreach (LedgerEvent reported in events)
        {
            writer.ArrayHeader(3).String(reported.Module).String(reported.Name).Bytes(reported.Content.Span);
        }

        return new Receipt(transaction, status, fee, cost, kept, events.ToArray(), copies.Copy(writer.Written.Span));
    }

    private static bool TryReadEvents(ref WireReader reader, [NotNullWhen(true)] out LedgerEvent[]? events)
    {
        events = null;
        if (!reader.TryReadArrayHeader(MaxEvents, out int count))
        {
            return false;
        }

        var read = new List<LedgerEvent>();
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadArrayHeader(3)
                || !reader.TryReadString(WireLimits.NameBytes, out string? module)
                || !reader.TryReadString(WireLimits.NameBytes, out string? name)
                || !reader.TryReadBytes(StateLimits.ValueBytes, out ReadOnlyMemory<byte> content))
            {
                return false;
            }

            read.Add(new LedgerEvent(module, name, content));
        }

        events = [.. read];
        return true;
    }

    /// <summary>The longest whole characters that fit; half of a surrogate pair becomes a replacement character.</summary>
    private static string Cut(string reason)
    {
        if (reason.Length == 0)
        {
            return reason;
        }

        var kept = new StringBuilder();
        int bytes = 0;
        foreach (Rune rune in reason.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxReasonBytes)
            {
                break;
            }

            kept.Append(rune);
        }

        return kept.ToString();
    }
}
