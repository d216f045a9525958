using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfStake;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;
using Factories = System.Collections.Generic.SortedDictionary<string, System.Func<Chain.Core.Fuzz.FuzzTarget>>;

namespace Chain.Core.Fuzz;

/// <summary>Votes, certificates, seals, sets and evidence of proof of stake, and a whole engine that a peer talks to.</summary>
internal static class ProofOfStakeTargets
{
    private const int MaxMessages = 64;

    private static readonly View At = View.Of(0, 3);
    private static readonly Ed25519PrivateKey[] Keys =
        [.. Enumerable.Range(1, 4).Select(seed => new Ed25519PrivateKey([.. Enumerable.Repeat((byte)seed, 32)])).OrderBy(key => new Hash256(key.PublicKey.Span))];
    private static readonly ValidatorSet Validators =
        new([.. Keys.Select(key => new Validator(new ValidatorKey(SignatureSchemeTag.Ed25519, key.PublicKey), 1))]);
    private static readonly ProofOfStakeOptions Options = new() { Validators = Validators, EpochBlocks = 4 };
    private static readonly ProofOfStakeConsensus Plugin = new(Options);
    private static readonly BlockHeader Genesis = BlockHeader.Create(
        new HeaderFields(
            BlockHeader.CurrentVersion, BlockHeight.Genesis, BlockId.None, new UnixTime(1_700_000_000_000), MerkleTree.EmptyRoot, Hash256.Zero, MmrPeaks.Empty.Root),
        Plugin.GenesisSeal.Span);

    public static void AddTo(Factories factories)
    {
        factories["pos.message"] = () => MessageTarget("pos.message");
        factories["pos.certificate"] = () => CertificateTarget("pos.certificate");
        factories["pos.seal"] = () => SealTarget("pos.seal");
        factories["pos.set"] = () => SetTarget("pos.set");
        factories["pos.record"] = () => RecordTarget("pos.record");
        factories["pos.evidence"] = () => EvidenceTarget("pos.evidence");
        factories["pos.header"] = () => HeaderTarget("pos.header");
        factories["pos.engine"] = () => EngineTarget("pos.engine");
    }

    private static FuzzTarget MessageTarget(string name) => new(name, [.. Messages()], input =>
    {
        EngineMessage? message = EngineMessage.Decode(input);
        bool isVote = EngineMessage.TryReadVote(input, out Vote vote);
        Oracle.Holds(isVote == message is EngineMessage.OfVote, "two readers disagree on what a vote is");
        Oracle.Holds(message is not EngineMessage.OfVote of || (of.Vote.Statement == vote.Statement && of.Vote.Signer == vote.Signer), "two readers, two votes");
        Oracle.Holds(message is null || EngineMessage.Encode(message).Span.SequenceEqual(input), "a message has two encodings");
        return message is not null;
    })
    {
        MaxLength = 2048,
    };

    private static FuzzTarget CertificateTarget(string name)
    {
        StakeTable.TryCreate(Validators, out StakeTable? table);
        byte[] good = Certify(VoteKind.Finalize, 3).Encoded.ToArray();
        return new FuzzTarget(name, [good, Certify(VoteKind.Notarize, 4).Encoded.ToArray(), Certify(VoteKind.Nullify, 1).Encoded.ToArray()], input =>
        {
            if (!Certificate.TryDecode(input, out Certificate? certificate))
            {
                return false;
            }

            Oracle.Holds(certificate.Places().Count() == certificate.Count, "more signers than signatures");
            var byPlace = new ReadOnlyMemory<byte>[StakeLimits.Validators];
            foreach (Vote vote in certificate.Votes())
            {
                byPlace[vote.Signer] = vote.Signature;
            }

            Oracle.AreEqual(input, Certificate.Create(certificate.Statement, byPlace).Encoded.Span, "a certificate has two encodings");
            bool holds = certificate.Verify(table!, Genesis.Id);
            Oracle.Holds(!holds || certificate.Count >= 3, "two of four are a quorum");
            return holds;
        })
        {
            MaxLength = 1024,
            AllocatedBase = 64 * 1024,
        };
    }

    private static FuzzTarget SealTarget(string name) => new(name, [Seal(At, default).Encode(), Plugin.GenesisSeal.ToArray()], input =>
    {
        bool isRead = StakeSeal.TryDecode(input, out StakeSeal? seal);
        Oracle.Holds(!isRead || seal!.Encode().AsSpan().SequenceEqual(input), "a seal has two encodings");
        return isRead;
    })
    {
        MaxLength = 4096,
    };

    private static FuzzTarget SetTarget(string name)
    {
        byte[] set = ValidatorSetCodec.Encode(Validators);
        return new FuzzTarget(name, [EpochSets.Encode(Validators, set), EpochSets.Encode(Validators, ValidatorSetCodec.Encode(new ValidatorSet([Validators.Validators[0]])))], input =>
        {
            bool isRead = EpochSets.TryDecode(input, new SetReader(), out Hash256 current, out StakeTable? next);
            if (isRead)
            {
                byte[] again = new WireWriter(256).ArrayHeader(2).Hash(in current).Bytes(ValidatorSetCodec.Encode(next!.Set)).ToArray();
                Oracle.AreEqual(input, again, "sets have two encodings");
            }

            return isRead;
        })
        {
            MaxLength = 1024,
            AllocatedBase = 64 * 1024,
        };
    }

    private static FuzzTarget RecordTarget(string name) => new(name, [EngineRecords.Of(new Statement(VoteKind.Notarize, At, Sha256.Hash("b"u8))).Value.ToArray()], input =>
    {
        bool isRead = EngineRecords.TryReadStatement(input, out Statement statement);
        Oracle.Holds(!isRead || EngineRecords.Of(in statement).Value.Span.SequenceEqual(input), "a vote has two records");
        return isRead;
    })
    {
        MaxLength = 128,
    };

    private static FuzzTarget EvidenceTarget(string name)
    {
        var offences = new StakeOffences(Options);
        byte[] twoVotes = DoubleVote.Create(
            Validators.Validators[2].Key, Signed(VoteKind.Notarize, "x"u8, 2), Signed(VoteKind.Notarize, "y"u8, 2)).Encode();
        byte[] wrongForm = new InvalidProposal(Validators.Validators[1].Key, Header(View.Of(3, 1), 1)).Encode();
        return new FuzzTarget(name, [twoVotes, wrongForm], input =>
        {
            bool isRead = offences.TryRead(input, out Offence? offence);
            bool holds = offences.TryVerify(Genesis.Id, input, out Offence? proved);
            Oracle.Holds(!holds || (isRead && offence == proved), "a proof of something that cannot be read");
            Oracle.Holds(!holds || Validators.Validators.Any(validator => validator.Key.Equals(proved!.Offender)), "proved without a key");
            Oracle.Holds(!DoubleVote.TryDecode(input, out DoubleVote? votes) || votes.Encode().AsSpan().SequenceEqual(input), "a double vote has two proofs");
            Oracle.Holds(!InvalidProposal.TryDecode(input, out InvalidProposal? proposal) || proposal.Encode().AsSpan().SequenceEqual(input), "a proposal has two proofs");
            return holds;
        })
        {
            MaxLength = 2048,
            AllocatedBase = 64 * 1024,
        };
    }

    /// <summary>An input is the seal of a block on genesis; only seals that the leader signed may pass.</summary>
    private static FuzzTarget HeaderTarget(string name) => new(name, [Seal(View.Of(0, 1), Sets()).Encode(), Header(View.Of(0, 1), 0).Seal.ToArray()], input =>
    {
        HeaderFields fields = Fields();
        IHeaderRules rules = Plugin.CreateRules(Genesis);
        HeaderVerdict verdict = rules.VerifyHeader(BlockHeader.Create(in fields, input), new OnGenesis(), fields.Time);
        Oracle.Holds(verdict != HeaderVerdict.Valid, "a header without a proof of randomness");
        return StakeSeal.TryDecode(input, out _);
    })
    {
        MaxLength = 4096,
        AllocatedBase = 64 * 1024,
    };

    /// <summary>An input is the messages of one peer to an engine, each of them one field; jobs run at once.</summary>
    private static FuzzTarget EngineTarget(string name) => new(name, [Chain.Core.Fuzz.Fields.Join([.. Messages()]), .. Messages().Select(message => Chain.Core.Fuzz.Fields.Join(message))], input =>
    {
        ReadOnlySpan<byte> rest = input;
        IConsensusEngine engine = Plugin.CreateEngine(
            Genesis, new BlockTree(Genesis), new EngineOptions { ProducesBlocks = true, Signer = Validators.Validators[0].Key });
        var effects = new EffectList();
        var random = new DeterministicRandom(1);
        int reported = Handle(engine, new ConsensusInput.Started(Genesis, []), 0, random, effects);
        for (int i = 0; i < MaxMessages && !rest.IsEmpty; i++)
        {
            byte[] message = Chain.Core.Fuzz.Fields.Take(ref rest).ToArray();
            reported += Handle(engine, new ConsensusInput.MessageArrived(new ConnectionId(7), default, message), i, random, effects);
        }

        return reported == 0;
    })
    {
        MaxLength = 16 * 1024,
        AllocatedBase = 512 * 1024,
        AllocatedPerByte = 64,
    };

    private static int Handle(IConsensusEngine engine, ConsensusInput input, int second, DeterministicRandom random, EffectList effects)
    {
        effects.Clear();
        var context = new StepContext(Instant.Zero + TimeSpan.FromSeconds(second), Genesis.Time, random);
        engine.Handle(in input, in context, effects);
        Oracle.Holds(effects.Effects.Count <= 512, "one message has hundreds of effects");
        int reported = 0;
        foreach (ConsensusOutput output in effects.Effects.Where(effect => effect.Kind == EffectKind.Emit).Select(effect => effect.Event).OfType<ConsensusOutput>().ToArray())
        {
            reported += output is ConsensusOutput.ReportPeer ? 1 : 0;
            if (output is ConsensusOutput.Compute compute)
            {
                reported += Handle(engine, new ConsensusInput.Computed(compute.Work, compute.Job.Run(null!)), second, random, effects);
            }
        }

        return reported;
    }

    private static IEnumerable<byte[]> Messages()
    {
        for (int signer = 1; signer < 4; signer++)
        {
            foreach (VoteKind kind in (VoteKind[])[VoteKind.Notarize, VoteKind.Nullify, VoteKind.Finalize])
            {
                yield return EngineMessage.Encode(new EngineMessage.OfVote(Sign(kind, View.Of(0, 1), signer))).ToArray();
            }
        }

        yield return EngineMessage.Encode(new EngineMessage.OfCertificate(Certify(VoteKind.Notarize, 1))).ToArray();
        yield return EngineMessage.Encode(new EngineMessage.OfCertificate(Certify(VoteKind.Nullify, 40))).ToArray();
        yield return EngineMessage.Encode(new EngineMessage.Status(View.Of(0, 9), View.Of(0, 2), View.Of(0, 5))).ToArray();
        yield return EngineMessage.Encode(new EngineMessage.Repeat(View.Of(0, 2), new BlockId(Sha256.Hash("b"u8)), new byte[Ed25519.SignatureSize])).ToArray();
    }

    private static Vote Sign(VoteKind kind, View view, int signer)
    {
        var statement = new Statement(kind, view, kind == VoteKind.Nullify ? default : Sha256.Hash("b"u8));
        Hash256 message = statement.SigningHash(Genesis.Id);
        return new Vote(statement, signer, Keys[signer].Sign(Hash256.AsSpan(in message)));
    }

    private static DoubleVote.Signed Signed(VoteKind kind, ReadOnlySpan<byte> subject, int signer)
    {
        var statement = new Statement(kind, At, Sha256.Hash(subject));
        Hash256 message = statement.SigningHash(Genesis.Id);
        return new DoubleVote.Signed(statement, Keys[signer].Sign(Hash256.AsSpan(in message)));
    }

    private static Certificate Certify(VoteKind kind, ulong index)
    {
        Vote[] votes = [.. Enumerable.Range(0, 3).Select(signer => Sign(kind, View.Of(0, index), signer))];
        return Certificate.Create(votes[0].Statement, [.. votes.Select(vote => vote.Signature)]);
    }

    private static byte[] Sets() => EpochSets.Encode(Validators, ValidatorSetCodec.Encode(Validators));

    private static StakeSeal Seal(View view, ReadOnlyMemory<byte> sets) => new()
    {
        View = view,
        ParentCertificate = view.Index > 1 ? Certify(VoteKind.Notarize, view.Index - 1).Encoded : default,
        Proof = new byte[Vrf.ProofSize],
        Randomness = Sha256.Hash("r"u8),
        Sets = sets,
        Signature = new byte[Ed25519.SignatureSize],
    };

    private static HeaderFields Fields() => new(
        BlockHeader.CurrentVersion,
        new BlockHeight(1),
        Genesis.Id,
        Genesis.Time.Plus(TimeSpan.FromSeconds(1)),
        MerkleTree.EmptyRoot,
        Hash256.Zero,
        new BlockTree(Genesis).Genesis.HistoryRootForChild);

    /// <summary>A header on genesis that a validator signed.</summary>
    private static BlockHeader Header(View view, int signer)
    {
        HeaderFields fields = Fields();
        StakeSeal seal = Seal(view, Sets());
        Hash256 message = seal.Proposal(in fields).SigningHash(Genesis.Id);
        return BlockHeader.Create(in fields, seal.With(Keys[signer].Sign(Hash256.AsSpan(in message))).Encode());
    }

    private sealed class OnGenesis : IAncestors
    {
        public bool TryGet(ulong distance, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out BlockHeader? ancestor)
        {
            ancestor = distance == 1 ? Genesis : null;
            return ancestor is not null;
        }
    }
}
