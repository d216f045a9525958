using System.Buffers.Binary;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;
using Factories = System.Collections.Generic.SortedDictionary<string, System.Func<Chain.Core.Fuzz.FuzzTarget>>;

namespace Chain.Core.Fuzz;

/// <summary>State proofs, receipts, arguments of calls and state pages.</summary>
internal static class LedgerTargets
{
    private const int Keys = 200;

    public static void AddTo(Factories factories)
    {
        factories["ledger.state-proof"] = () => ProofTarget("ledger.state-proof");
        factories["ledger.receipt"] = () => ReceiptTarget("ledger.receipt");
        factories["ledger.receipts"] = () => ReceiptsTarget("ledger.receipts");
        factories["ledger.codec"] = () => CodecTarget("ledger.codec");
        factories["ledger.call"] = () => CallTarget("ledger.call");
        factories["ledger.state-page"] = () => PageTarget("ledger.state-page");
        factories["ledger.state-root"] = () => RootTarget("ledger.state-root");
    }

    /// <summary>An input is which key is asked for, and the proof's bytes. What is proven must be what the state holds.</summary>
    private static FuzzTarget ProofTarget(string name)
    {
        ChainState state = MakeState();
        Hash256 root = state.Root;
        byte[][] seeds = [.. ((byte[])[0, 1, 77, Keys - 1, Keys, 255]).Select(key => (byte[])[key, .. state.Prove("token", [key]).Encoded.Span])];
        return new FuzzTarget(name, seeds, input =>
        {
            byte key = input.Length > 0 ? input[0] : (byte)0;
            byte[] bytes = input[Math.Min(1, input.Length)..];
            if (!StateProof.TryDecode(bytes, out StateProof? proof))
            {
                return false;
            }

            Oracle.AreEqual(bytes, proof.Encoded.Span, "a proof keeps other bytes");
            bool isProven = proof.TryVerify(in root, "token", [key], out ReadOnlyMemory<byte>? value);
            bool isSet = state.TryGet("token", [key], out ReadOnlyMemory<byte> expected);
            Oracle.Holds(isProven || value is null, "a value without a proof");
            Oracle.Holds(
                !isProven || (isSet == value.HasValue && (!isSet || value!.Value.Span.SequenceEqual(expected.Span))), "a false value was proven");
            return isProven;
        })
        {
            AllocatedBase = 64 * 1024,
            AllocatedPerByte = 64,
        };
    }

    private static FuzzTarget ReceiptTarget(string name) => new(name, [ReceiptOf("", 0), ReceiptOf("out of funds", 3)], input =>
    {
        bool isRead = WireValue.TryDecode(input, out Receipt? receipt, out WireError error);
        Oracle.Holds(isRead == (error == WireError.None), "the error does not fit the answer");
        if (isRead)
        {
            Oracle.AreEqual(input, receipt!.Encoded.Span, "a receipt keeps other bytes");
            Oracle.AreEqual(input, Encode(receipt), "a receipt has two encodings");
        }

        return isRead;
    })
    {
        AllocatedPerByte = 64,
    };

    private static FuzzTarget ReceiptsTarget(string name) => new(name, [[0x92, .. ReceiptOf("", 0), .. ReceiptOf("failed", 2)], [0x90]], input =>
    {
        IReadOnlyList<Receipt>? receipts = null;
        bool isRefused = Oracle.Throws<StateUnavailableException>(() => BlockReceipts.TryRead(new OneRecordStore(input), BlockId.None, out receipts));
        Oracle.Holds(isRefused || receipts!.Sum(receipt => receipt.Encoded.Length) < input.Length, "receipts longer than their record");
        return !isRefused;
    })
    {
        AllocatedPerByte = 64,
    };

    private static FuzzTarget CodecTarget(string name)
    {
        Codec<IReadOnlyList<((ulong, string) First, (bool, AccountAddress, ReadOnlyMemory<byte>) Second)>> codec = Codecs.List(
            Codecs.Pair(
                Codecs.Pair(Codecs.U64, Codecs.Text(16)).As(pair => (pair.First, pair.Second), pair => (pair.Item1, pair.Item2)),
                Codecs.Triple(Codecs.Boolean, Codecs.Address, Codecs.Bytes(100)).As(
                    triple => (triple.First, triple.Second, triple.Third), triple => (triple.Item1, triple.Item2, triple.Item3))),
            1000);
        byte[] seed = codec.Encode([((300, "text"), (true, default, new byte[40])), ((0, ""), (false, default, default))]);
        return new FuzzTarget(name, [seed, codec.Encode([])], input =>
        {
            bool isRead = codec.TryDecode(input, out var value);
            Oracle.Holds(!isRead || codec.Encode(value!).AsSpan().SequenceEqual(input), "a value has two encodings");
            return isRead;
        })
        {
            AllocatedPerByte = 64,
        };
    }

    /// <summary>A page of a tree in a store whose other pages are whole: damage must be found out, and never followed without end.</summary>
    private static FuzzTarget PageTarget(string name)
    {
        Dictionary<string, byte[]> records = RecordsOf(MakeState(), out ChainState written);
        StoredTree stored = written.TreeOf("token")!.Stored;
        var version = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(version, stored.Version);
        Hash256 root = stored.Root;
        string top = Convert.ToHexString([.. LedgerKeys.StatePagePrefix, .. version, .. root.ToArray()]);
        byte[] toItself = new WireWriter()
            .UInt64(3).Hash(in root).UInt64((ulong)(stored.Version >> 64)).UInt64((ulong)(stored.Version & ulong.MaxValue)).ToArray();
        return new FuzzTarget(name, [records[top], Circle(toItself, 4)], input =>
        {
            bool isRead = true;
            var store = new PatchedStore(records, top, input);
            for (byte key = 0; key < 8; key++)
            {
                isRead &= !Oracle.Throws<StateUnavailableException>(() => StateTree.Open(store, stored).TryGet([key], out _));
            }

            return isRead;
        })
        {
            MaxLength = 8192,
            AllocatedBase = 256 * 1024,
            AllocatedPerByte = 512,
            Tokens = [toItself, [1, 0xc4], [2, 0, 0], [2, 2], [0]],
        };
    }

    /// <summary>Calls as transactions carry them: an input is which call, and its arguments.</summary>
    private static FuzzTarget CallTarget(string name)
    {
        var token = new TokenModule();
        var definition = new LedgerDefinition([token]);
        Call transfer = token.Transfer(new AccountAddress(Sha256.Hash("to"u8)), 70_000);
        return new FuzzTarget(name, [transfer.Arguments.ToArray()], input =>
        {
            bool isTaken = definition.Accepts(transfer with { Arguments = input });
            if (isTaken)
            {
                var codec = Codecs.Pair(Codecs.Address, Codecs.U64);
                Oracle.Holds(codec.TryDecode(input, out var arguments), "accepted arguments do not decode");
                Oracle.AreEqual(input, codec.Encode(arguments), "arguments have two encodings");
            }

            return isTaken;
        })
        {
            MaxLength = 256,
        };
    }

    private static FuzzTarget RootTarget(string name)
    {
        ChainState state = MakeState();
        Hash256 root = state.Root;
        Dictionary<string, byte[]> records = RecordsOf(state, out _);
        string top = Convert.ToHexString([.. LedgerKeys.StateRootPrefix, .. root.ToArray()]);
        return new FuzzTarget(name, [records[top]], input =>
        {
            bool isRefused = Oracle.Throws<StateUnavailableException>(
                () => ChainState.TryOpen(new PatchedStore(records, top, input), in root, out _));
            Oracle.Holds(isRefused || input.AsSpan().SequenceEqual(records[top]), "a root has two records");
            return !isRefused;
        })
        {
            AllocatedBase = 256 * 1024,
            AllocatedPerByte = 256,
        };
    }

    /// <summary>A page whose every branch leads back to it.</summary>
    private static byte[] Circle(byte[] toItself, int levels) =>
        levels == 0 ? toItself : [2, .. Circle(toItself, levels - 1), .. Circle(toItself, levels - 1)];

    private static Dictionary<string, byte[]> RecordsOf(ChainState state, out ChainState written)
    {
        var batch = new WriteBatch();
        written = state.WriteNew(batch);
        return batch.Operations.ToDictionary(operation => Convert.ToHexString(operation.Key.Span), operation => operation.Value.ToArray());
    }

    private static ChainState MakeState()
    {
        var changes = new StateChange[Keys];
        for (int i = 0; i < Keys; i++)
        {
            changes[i] = new StateChange(new[] { (byte)i }, new byte[1 + (i % 40)]);
        }

        return ChainState.CreateEmpty(new OneRecordStore(null), ["accounts", "token", "zeta"]).Apply([new ModuleChanges("token", changes)]);
    }

    private static byte[] ReceiptOf(string reason, int events)
    {
        var writer = new WireWriter().ArrayHeader(6).Hash(Sha256.Hash("tx"u8)).UInt64(0).UInt64(1000).UInt64(77).String(reason).ArrayHeader(events);
        for (int i = 0; i < events; i++)
        {
            writer.ArrayHeader(3).String("token").String("transferred").Bytes(new byte[40]);
        }

        return writer.ToArray();
    }

    private static byte[] Encode(Receipt receipt)
    {
        var bytes = new List<byte> { 0x96 };
        Reference.Binary(bytes, receipt.Transaction.Value.ToArray());
        Reference.Number(bytes, (ulong)receipt.Status);
        Reference.Number(bytes, receipt.Fee);
        Reference.Number(bytes, receipt.Cost);
        Reference.String(bytes, receipt.Reason);
        Reference.Array(bytes, receipt.Events.Count);
        foreach (LedgerEvent reported in receipt.Events)
        {
            Reference.Array(bytes, 3);
            Reference.String(bytes, reported.Module);
            Reference.String(bytes, reported.Name);
            Reference.Binary(bytes, reported.Content.Span);
        }

        return [.. bytes];
    }
}
