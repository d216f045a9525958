using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfWork;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Wire;
using Factories = System.Collections.Generic.SortedDictionary<string, System.Func<Chain.Core.Fuzz.FuzzTarget>>;

namespace Chain.Core.Fuzz;

/// <summary>Seals and targets of consensus, and the records that the node finds in its store.</summary>
internal static class RecordTargets
{
    public static void AddTo(Factories factories)
    {
        factories["consensus.pow-seal"] = () => SealTarget("consensus.pow-seal");
        factories["consensus.compact-target"] = () => CompactTargetTarget("consensus.compact-target");
        factories["consensus.bitcoin-header"] = () => BitcoinHeaderTarget("consensus.bitcoin-header");
        factories["consensus.uint256"] = () => NumberTarget("consensus.uint256");
        factories["storage.identity"] = () => IdentityTarget("storage.identity");
        factories["protocol.head"] = () => HeadTarget("protocol.head");
        factories["protocol.block"] = () => BlockTarget("protocol.block");
        factories["protocol.header"] = () => HeaderTarget("protocol.header");
    }

    private static FuzzTarget SealTarget(string name) => new(name, [new ProofOfWorkSeal(new CompactTarget(0x1d00ffff), 12345).Encode(), [0x92, 0, 0]], input =>
    {
        bool isRead = ProofOfWorkSeal.TryDecode(input, out ProofOfWorkSeal seal);
        Oracle.Holds(!isRead || seal.Encode().AsSpan().SequenceEqual(input), "a seal has two encodings");
        return isRead;
    })
    {
        MaxLength = 64,
    };

    private static FuzzTarget CompactTargetTarget(string name) => new(name, [Fields.Number(0x1d00ffff), Fields.Number(0x20ffffff), Fields.Number(0x03800000)], input =>
    {
        ReadOnlySpan<byte> rest = input;
        var compact = new CompactTarget((uint)(Fields.TakeNumber(ref rest) & uint.MaxValue));
        bool isTarget = compact.TryExpand(out UInt256 target);
        if (isTarget)
        {
            CompactTarget shortest = CompactTarget.FromTarget(in target);
            Oracle.Holds(shortest.TryExpand(out UInt256 again) && again == target, "a target changes in its shortest form");
            ChainWork.OfTarget(in target);
        }

        return isTarget;
    })
    {
        MaxLength = 8,
    };

    private static FuzzTarget BitcoinHeaderTarget(string name)
    {
        byte[] genesis = Convert.FromHexString(
            "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c");
        BitcoinHeader.TryRead(genesis, out BitcoinHeader first);
        return new FuzzTarget(name, [genesis], input =>
        {
            if (!BitcoinHeader.TryRead(input, out BitcoinHeader header))
            {
                return false;
            }

            Span<byte> bytes = stackalloc byte[BitcoinHeader.Size];
            header.WriteTo(bytes);
            Oracle.AreEqual(input, bytes, "a header has two encodings");
            var chain = new BitcoinHeaderChain(BitcoinParameters.Mainnet, first);
            Oracle.Holds(chain.TryAppend(header with { Parent = chain.TipHash }) != BitcoinVerdict.Valid, "work without work");
            return true;
        })
        {
            MaxLength = 96,
            AllocatedBase = 128 * 1024,
        };
    }

    private static FuzzTarget NumberTarget(string name) => new(name, [Text.Of("0"), Text.Of(UInt256.MaxValue.ToString()), Text.Of("0x" + UInt256.MaxValue.ToHexString())], input =>
    {
        bool isRead = UInt256.TryParse(Text.From(input), out UInt256 value);
        Oracle.Holds(!isRead || UInt256.Parse(value.ToString()) == value, "a number has another text");
        Oracle.Holds(!isRead || UInt256.FromBigEndian(value.ToBigEndian()) == value, "a number has other bytes");
        return isRead;
    })
    {
        MaxLength = 128,
        Tokens = [.. ((string[])["0x", "0", "f", "-", "+", " ", "_", ","]).Select(Text.Of)],
    };

    private static FuzzTarget IdentityTarget(string name)
    {
        byte[] record = new WireWriter().ArrayHeader(4).UInt64(1).UInt64(7).Hash(default).String("pow").ToArray();
        return new FuzzTarget(name, [record, new WireWriter().ArrayHeader(5).UInt64(2).ToArray()], input =>
        {
            StoreIdentity? identity = null;
            bool isRefused = Oracle.Throws<StorageException>(() => StoreIdentity.TryRead(new OneRecordStore(input), out identity));
            if (!isRefused)
            {
                var bytes = new List<byte> { 0x94, 1 };
                Reference.Number(bytes, identity!.Network);
                Reference.Binary(bytes, identity.Genesis.Value.ToArray());
                Reference.String(bytes, identity.Engine);
                Oracle.Holds(bytes.SequenceEqual(input), "an identity has two records");
            }

            return !isRefused;
        })
        {
            MaxLength = 256,
        };
    }

    private static FuzzTarget HeadTarget(string name) => new(name, [new byte[32]], input =>
        !Oracle.Throws<InvalidDataException>(() => ChainRecords.TryReadHead(new OneRecordStore(input), out _)))
    {
        MaxLength = 64,
    };

    private static FuzzTarget BlockTarget(string name) => new(name, [Samples.Block.Encoded.ToArray()], input =>
        !Oracle.Throws<InvalidDataException>(() =>
        {
            Oracle.Holds(
                ChainRecords.TryReadBlock(new OneRecordStore(input), Samples.Block.Id, out Block? block) && block.Id == Samples.Block.Id, "another block");
        }))
    {
        MaxLength = 16 * 1024,
        AllocatedPerByte = 32,
    };

    private static FuzzTarget HeaderTarget(string name)
    {
        byte[] key = [0, 0, 0, 0, 0, 1, 0x11, 0x70, .. Samples.Header.Id.Value.ToArray()];
        return new FuzzTarget(name, [[.. Fields.Join(key), .. Samples.Header.Encoded.Span]], input =>
            !Oracle.Throws<InvalidDataException>(() =>
            {
                foreach (BlockHeader header in ChainRecords.ReadHeaders(new OneRecordStore(input)))
                {
                    Oracle.Holds(header.Encoded.Length < input.Length, "a header longer than its record");
                }
            }))
        {
            AllocatedPerByte = 32,
        };
    }
}
