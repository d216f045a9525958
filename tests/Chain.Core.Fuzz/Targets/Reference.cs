using System.Buffers.Binary;
using System.Text;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Fuzz;

/// <summary>The canonical form once more, written from the specification of MessagePack and not from our writer.</summary>
internal static class Reference
{
    public static byte[] Encode(Transaction transaction)
    {
        TransactionTerms terms = transaction.Terms;
        var bytes = new List<byte> { 0x92, 0x98 };
        Number(bytes, (byte)transaction.Scheme);
        Binary(bytes, transaction.SenderKey.Span);
        Number(bytes, terms.Nonce);
        Number(bytes, terms.Fee);
        Number(bytes, terms.ValidUntil.Value);
        String(bytes, terms.Call.Module);
        String(bytes, terms.Call.Method);
        Binary(bytes, terms.Call.Arguments.Span);
        Binary(bytes, transaction.Signature.Span);
        return [.. bytes];
    }

    public static byte[] Encode(BlockHeader header)
    {
        HeaderFields fields = header.Fields;
        var bytes = new List<byte> { 0x98 };
        Number(bytes, fields.Version);
        Number(bytes, fields.Height.Value);
        Binary(bytes, fields.Parent.Value.ToArray());
        Number(bytes, fields.Time.Milliseconds);
        foreach (Hash256 root in (ReadOnlySpan<Hash256>)[fields.TransactionsRoot, fields.StateRoot, fields.HistoryRoot])
        {
            Binary(bytes, root.ToArray());
        }

        Binary(bytes, header.Seal.Span);
        return [.. bytes];
    }

    public static byte[] Encode(Block block)
    {
        var bytes = new List<byte> { 0x92 };
        bytes.AddRange(Encode(block.Header));
        Array(bytes, block.Transactions.Count);
        foreach (Transaction transaction in block.Transactions)
        {
            bytes.AddRange(Encode(transaction));
        }

        return [.. bytes];
    }

    public static void Array(List<byte> bytes, int count)
    {
        if (count < 16)
        {
            bytes.Add((byte)(0x90 | count));
        }
        else
        {
            bytes.Add(count <= ushort.MaxValue ? (byte)0xdc : (byte)0xdd);
            BigEndian(bytes, (uint)count, count <= ushort.MaxValue ? 2 : 4);
        }
    }

    public static void Number(List<byte> bytes, ulong value)
    {
        if (value < 0x80)
        {
            bytes.Add((byte)value);
            return;
        }

        int power = value <= byte.MaxValue ? 0 : value <= ushort.MaxValue ? 1 : value <= uint.MaxValue ? 2 : 3;
        bytes.Add((byte)(0xcc + power));
        BigEndian(bytes, value, 1 << power);
    }

    public static void Binary(List<byte> bytes, ReadOnlySpan<byte> value)
    {
        int power = value.Length <= byte.MaxValue ? 0 : value.Length <= ushort.MaxValue ? 1 : 2;
        bytes.Add((byte)(0xc4 + power));
        BigEndian(bytes, (uint)value.Length, 1 << power);
        bytes.AddRange(value);
    }

    public static void String(List<byte> bytes, string value)
    {
        byte[] text = Encoding.UTF8.GetBytes(value);
        if (text.Length < 32)
        {
            bytes.Add((byte)(0xa0 | text.Length));
        }
        else
        {
            int power = text.Length <= byte.MaxValue ? 0 : 1;
            bytes.Add((byte)(0xd9 + power));
            BigEndian(bytes, (uint)text.Length, 1 << power);
        }

        bytes.AddRange(text);
    }

    private static void BigEndian(List<byte> bytes, ulong value, int width)
    {
        Span<byte> whole = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(whole, value);
        bytes.AddRange(whole[^width..]);
    }
}
