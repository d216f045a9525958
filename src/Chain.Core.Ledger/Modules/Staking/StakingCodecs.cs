using System.Diagnostics.CodeAnalysis;
using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>How the staking module's values are written: arrays by position.</summary>
internal static class StakingCodecs
{
    private const int MaxKeyBytes = 4096;
    private const int ParameterCount = 15;
    private const int ValidatorElements = 13;

    public static Codec<BasisPoints> BasisPoints { get; } = Codecs.U32.As(static value => new BasisPoints(value), static part => part.Value);

    public static Codec<UInt128> Shares { get; } = Codecs.Pair(Codecs.U64, Codecs.U64)
        .As(static halves => new UInt128(halves.First, halves.Second), static value => ((ulong)(value >> 64), unchecked((ulong)value)));

    public static Codec<UInt256> Reward { get; } = Codecs.Hash
        .As(static hash => UInt256.FromBigEndian(in hash), static value => new Hash256(value.ToBigEndian()));

    public static Codec<ValidatorKey> Key { get; } = Codecs.Pair(Codecs.U32, Codecs.Bytes(MaxKeyBytes)).As(
        static pair => new ValidatorKey((SignatureSchemeTag)pair.First, pair.Second),
        static key => ((uint)key.Scheme, key.PublicKey));

    public static Codec<ChurnQueue> Queue { get; } = Codecs.Pair(Codecs.U64, Codecs.U64)
        .As(static pair => new ChurnQueue(pair.First, pair.Second), static queue => (queue.Epoch, queue.Used));

    public static Codec<Slash> Slash { get; } = Codecs.Triple(Codecs.U64, Codecs.U64, BasisPoints)
        .As(static three => new Slash(three.First, three.Second, three.Third), static slash => (slash.OffenceEpoch, slash.Epoch, slash.Part));

    public static Codec<Delegation> Delegation { get; } = Codecs.Triple(Shares, Reward, Codecs.U64).As(
        static three => new Delegation(three.First, three.Second, three.Third),
        static delegation => (delegation.Shares, delegation.RewardPaidTo, delegation.ActsFrom));

    public static Codec<ValidatorSet> Set { get; } = Codecs.List(Codecs.Pair(Key, Codecs.U64), StakingParameters.MostValidators).As(
        static list => new ValidatorSet([.. list.Select(static pair => new Validator(pair.First, pair.Second))]),
        static set => (IReadOnlyList<(ValidatorKey, ulong)>)[.. set.Validators.Select(static each => (each.Key, each.Stake))]);

    public static Codec<EpochActivity> Activity { get; } = Codecs
        .Triple(Codecs.U64, Codecs.List(Codecs.U32, StakingParameters.MostValidators), Codecs.List(Codecs.U32, StakingParameters.MostValidators))
        .As(
            static three => new EpochActivity(three.First, three.Second, three.Third),
            static activity => (activity.Blocks, activity.Votes, activity.Proposals));

    public static Codec<Unbonding> Unbonding { get; } = new(
        static (writer, value) =>
        {
            writer.ArrayHeader(5);
            Codecs.Address.Write(writer, value.Delegator);
            Codecs.Address.Write(writer, value.Validator);
            writer.UInt64(value.Amount).UInt64(value.LiableUntil).UInt64(value.SlashesBefore);
        },
        static (ref WireReader reader, [MaybeNullWhen(false)] out Unbonding value) =>
        {
            value = null;
            if (!reader.TryReadArrayHeader(5)
                || !Codecs.Address.TryRead(ref reader, out AccountAddress delegator)
                || !Codecs.Address.TryRead(ref reader, out AccountAddress validator)
                || !reader.TryReadUInt64(out ulong amount)
                || !reader.TryReadUInt64(out ulong liableUntil)
                || !reader.TryReadUInt32(out uint slashes))
            {
                return false;
            }

            value = new Unbonding(delegator, validator, amount, liableUntil, slashes);
            return true;
        });

    public static Codec<ValidatorRecord> Validator { get; } = new(WriteValidator, TryReadValidator);

    public static Codec<StakingParameters> Parameters { get; } = new(WriteParameters, TryReadParameters);

    public static Codec<StakingGenesisValidator> GenesisValidator { get; } = new(
        static (writer, value) =>
        {
            writer.ArrayHeader(4);
            Codecs.Address.Write(writer, value.Operator);
            Key.Write(writer, value.Key);
            BasisPoints.Write(writer, value.Commission);
            writer.UInt64(value.Stake);
        },
        static (ref WireReader reader, [MaybeNullWhen(false)] out StakingGenesisValidator value) =>
        {
            value = null;
            if (!reader.TryReadArrayHeader(4)
                || !Codecs.Address.TryRead(ref reader, out AccountAddress operatorAddress)
                || !Key.TryRead(ref reader, out ValidatorKey? key)
                || !BasisPoints.TryRead(ref reader, out BasisPoints commission)
                || !reader.TryReadUInt64(out ulong stake))
            {
                return false;
            }

            value = new StakingGenesisValidator(operatorAddress, key, commission, stake);
            return true;
        });

    private static void WriteValidator(WireWriter writer, ValidatorRecord value)
    {
        writer.ArrayHeader(ValidatorElements);
        Key.Write(writer, value.Key);
        BasisPoints.Write(writer, value.Commission);
        writer.UInt64(value.CommissionSince).Boolean(value.IsListed);
        writer.UInt64(value.Bonded).UInt64((ulong)value.Standing).UInt64(value.JailedUntil).UInt64(value.Slashes).UInt64(value.Factor);
        Shares.Write(writer, value.Shares);
        Shares.Write(writer, value.ActingShares);
        Reward.Write(writer, value.RewardOfShare);
        writer.UInt64(value.CommissionDue);
    }

    private static bool TryReadValidator(ref WireReader reader, [MaybeNullWhen(false)] out ValidatorRecord value)
    {
        value = null;
        if (!reader.TryReadArrayHeader(ValidatorElements)
            || !Key.TryRead(ref reader, out ValidatorKey? key)
            || !BasisPoints.TryRead(ref reader, out BasisPoints commission)
            || !reader.TryReadUInt64(out ulong commissionSince)
            || !reader.TryReadBoolean(out bool isListed)
            || !reader.TryReadUInt64(out ulong bonded)
            || !reader.TryReadByte(out byte standing, (byte)ValidatorStanding.Banned)
            || !reader.TryReadUInt64(out ulong jailedUntil)
            || !reader.TryReadUInt32(out uint slashes)
            || !reader.TryReadUInt64(out ulong factor)
            || !Shares.TryRead(ref reader, out UInt128 shares)
            || !Shares.TryRead(ref reader, out UInt128 acting)
            || !Reward.TryRead(ref reader, out UInt256 reward)
            || !reader.TryReadUInt64(out ulong due))
        {
            return false;
        }

        value = new ValidatorRecord
        {
            Key = key,
            Commission = commission,
            CommissionSince = commissionSince,
            IsListed = isListed,
            Bonded = bonded,
            Standing = (ValidatorStanding)standing,
            JailedUntil = jailedUntil,
            Slashes = slashes,
            Factor = factor,
            Shares = shares,
            ActingShares = acting,
            RewardOfShare = reward,
            CommissionDue = due,
        };
        return true;
    }

    private static void WriteParameters(WireWriter writer, StakingParameters value) =>
        writer.ArrayHeader(ParameterCount)
            .UInt64(value.EpochLength).UInt64(value.Lookahead).UInt64(value.UnbondingEpochs)
            .UInt64(value.MaxValidators).UInt64(value.MaxCandidates)
            .UInt64(value.Churn.Value).UInt64(value.MinChurn).UInt64(value.MinSelfBond)
            .UInt64(value.EquivocationSlash.Value).UInt64(value.ReporterShare.Value).UInt64(value.DowntimeSlash.Value)
            .UInt64(value.MinPresence.Value).UInt64(value.JailEpochs).UInt64(value.ProposerShare.Value).UInt64(value.EpochReward);

    private static bool TryReadParameters(ref WireReader reader, [MaybeNullWhen(false)] out StakingParameters value)
    {
        value = null;
        if (!reader.TryReadArrayHeader(ParameterCount)
            || !reader.TryReadUInt64(out ulong epochLength)
            || !reader.TryReadUInt32(out uint lookahead)
            || !reader.TryReadUInt32(out uint unbondingEpochs)
            || !reader.TryReadUInt32(out uint maxValidators)
            || !reader.TryReadUInt32(out uint maxCandidates)
            || !BasisPoints.TryRead(ref reader, out BasisPoints churn)
            || !reader.TryReadUInt64(out ulong minChurn)
            || !reader.TryReadUInt64(out ulong minSelfBond)
            || !BasisPoints.TryRead(ref reader, out BasisPoints equivocationSlash)
            || !BasisPoints.TryRead(ref reader, out BasisPoints reporterShare)
            || !BasisPoints.TryRead(ref reader, out BasisPoints downtimeSlash)
            || !BasisPoints.TryRead(ref reader, out BasisPoints minPresence)
            || !reader.TryReadUInt32(out uint jailEpochs)
            || !BasisPoints.TryRead(ref reader, out BasisPoints proposerShare)
            || !reader.TryReadUInt64(out ulong epochReward))
        {
            return false;
        }

        value = new StakingParameters
        {
            EpochLength = epochLength,
            Lookahead = lookahead,
            UnbondingEpochs = unbondingEpochs,
            MaxValidators = maxValidators,
            MaxCandidates = maxCandidates,
            Churn = churn,
            MinChurn = minChurn,
            MinSelfBond = minSelfBond,
            EquivocationSlash = equivocationSlash,
            ReporterShare = reporterShare,
            DowntimeSlash = downtimeSlash,
            MinPresence = minPresence,
            JailEpochs = jailEpochs,
            ProposerShare = proposerShare,
            EpochReward = epochReward,
        };
        return true;
    }
}
