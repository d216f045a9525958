using System.Buffers;
using System.Security.Cryptography;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Crypto;
using Chain.Core.Wire;
using MessagePack;

namespace Chain.Core.Benchmarks.Wire;

/// <summary>Our codec against MessagePack-CSharp on the same fields, which gives the same bytes.</summary>
internal static class WireContests
{
    /// <summary>Transactions per call.</summary>
    public const int Transactions = 256;

    private const int BlockBytes = 1_000_000;
    private const int ArgumentBytes = 38;

    /// <summary>Fields to bytes.</summary>
    public static Contest Encode()
    {
        Transaction[] transactions = Make(Transactions);
        PeerTransaction[] peers = Array.ConvertAll(transactions, static each => MessagePackSerializer.Deserialize<PeerTransaction>(each.Encoded));
        var ours = new byte[WireLimits.TransactionBytes];
        var theirs = new ArrayBufferWriter<byte>(WireLimits.TransactionBytes);
        return new Contest(
            () =>
            {
                foreach (Transaction each in transactions)
                {
                    Transaction.Encode(each.Terms, each.Scheme, each.SenderKey.Span, each.Signature.Span, ours);
                }
            },
            () =>
            {
                foreach (PeerTransaction each in peers)
                {
                    theirs.ResetWrittenCount();
                    MessagePackSerializer.Serialize(theirs, each);
                }
            },
            () =>
            {
                Transaction one = transactions[7];
                int length = Transaction.Encode(one.Terms, one.Scheme, one.SenderKey.Span, one.Signature.Span, ours);
                bool same = ours.AsSpan(0, length).SequenceEqual(MessagePackSerializer.Serialize(peers[7]));
                return same && length == one.Encoded.Length ? null : $"{length} bytes differ";
            });
    }

    /// <summary>Bytes to fields.</summary>
    public static Contest Decode()
    {
        byte[][] encoded = [.. Make(Transactions).Select(static each => each.Encoded.ToArray())];
        return new Contest(
            () =>
            {
                foreach (byte[] each in encoded)
                {
                    Require(WireValue.TryDecode(each, out Transaction? _, out _));
                }
            },
            () =>
            {
                foreach (byte[] each in encoded)
                {
                    Require(MessagePackSerializer.Deserialize<PeerTransaction>(each) is not null);
                }
            },
            () => WireValue.TryDecode(encoded[3], out Transaction? ours, out _)
                && MessagePackSerializer.Deserialize<PeerTransaction>(encoded[3]) is var peer
                && peer.Body.Nonce == ours.Terms.Nonce && peer.Body.Method == ours.Terms.Call.Method ? null : "a transaction");
    }

    /// <summary>A block of a megabyte.</summary>
    public static Contest DecodeBlock()
    {
        Transaction one = Make(1)[0];
        Transaction[] transactions = Make(BlockBytes / one.Encoded.Length);
        byte[] encoded = Block.Create(BlockHeader.Create(default, new byte[64]), transactions).Encoded.ToArray();
        return new Contest(
            () => Require(WireValue.TryDecode(encoded, out Block? _, out _)),
            () => Require(MessagePackSerializer.Deserialize<PeerBlock>(encoded).Transactions.Length == transactions.Length),
            () => WireValue.TryDecode(encoded, out Block? ours, out _)
                && ours.Transactions.Count == MessagePackSerializer.Deserialize<PeerBlock>(encoded).Transactions.Length ? null : "the count");
    }

    private static Transaction[] Make(int count)
    {
        using var key = new Ed25519PrivateKey(SHA256.HashData("sender"u8));
        byte[] signature = key.Sign("a signature as good as any: nobody checks it here"u8);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var call = new Call("token", "transfer", SHA512.HashData(BitConverter.GetBytes(i)).AsMemory(0, ArgumentBytes));
            var terms = new TransactionTerms((ulong)i, 1000, new BlockHeight(70_000), call);
            return Transaction.Assemble(in terms, key.Scheme, key.PublicKey.Span, signature);
        })];
    }

    private static void Require(bool decoded)
    {
        if (!decoded)
        {
            throw new InvalidOperationException("A value was not decoded.");
        }
    }
}
