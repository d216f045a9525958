using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// Equal votes of more than two thirds of the stake. Canonical form: <c>[kind, view, subject, signers, signatures]</c>;
/// bit i of the signers is the validator at place i, and signatures follow in the order of places. Immutable.
/// </summary>
public sealed class Certificate
{
    private const int Elements = 5;
    private const int BitmapBytes = StakeLimits.Validators / 8;

    private readonly ReadOnlyMemory<byte> _signers;
    private readonly ReadOnlyMemory<byte> _signatures;

    private Certificate(
        in Statement statement, ReadOnlyMemory<byte> signers, ReadOnlyMemory<byte> signatures, ReadOnlyMemory<byte> encoded)
    {
        Statement = statement;
        _signers = signers;
        _signatures = signatures;
        Encoded = encoded;
    }

    /// <summary>What was signed.</summary>
    public Statement Statement { get; }

    /// <summary>What kind of vote.</summary>
    public VoteKind Kind => Statement.Kind;

    /// <summary>The view.</summary>
    public View View => Statement.View;

    /// <summary>The block; none for a nullification.</summary>
    public BlockId Block => new(Statement.Subject);

    /// <summary>The canonical bytes.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>How many validators signed.</summary>
    public int Count => _signatures.Length / Ed25519.SignatureSize;

    /// <summary>Reads a certificate that fills the bytes. Whether it holds is for <see cref="Verify(StakeTable, BlockId)"/> to say.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out Certificate? certificate)
    {
        var reader = new WireReader(bytes);
        certificate = null;
        if (!TryReadStatement(ref reader, out Statement statement)
            || !reader.TryReadBytes(BitmapBytes, out ReadOnlyMemory<byte> signers)
            || !reader.TryReadBytes(StakeLimits.Validators * Ed25519.SignatureSize, out ReadOnlyMemory<byte> signatures)
            || !reader.TryEnd()
            || !FitTogether(signers.Span, signatures.Length))
        {
            return false;
        }

        certificate = new Certificate(in statement, signers, signatures, bytes);
        return true;
    }

    /// <summary>Reads what a certificate says, and nothing of who signed it.</summary>
    internal static bool TryReadStatement(ReadOnlyMemory<byte> bytes, out Statement statement)
    {
        var reader = new WireReader(bytes);
        return TryReadStatement(ref reader, out statement);
    }

    /// <summary>
    /// Whether the certificate holds: its signers are validators with more than two thirds of the stake, and every
    /// signature is valid. One batch; the caller sees to it that <paramref name="table"/> is that of the view's epoch.
    /// </summary>
    public bool Verify(StakeTable table, BlockId genesis)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Verify(table, genesis, RealStakeCrypto.Instance);
    }

    /// <summary>The places of the signers, ascending.</summary>
    public IEnumerable<int> Places()
    {
        for (int place = 0; place < 8 * _signers.Length; place++)
        {
            if (Has(place))
            {
                yield return place;
            }
        }
    }

    /// <summary>A certificate of signatures by place; empty where a validator did not sign.</summary>
    internal static Certificate Create(in Statement statement, ReadOnlySpan<ReadOnlyMemory<byte>> byPlace)
    {
        int last = byPlace.Length - 1;
        while (last >= 0 && byPlace[last].IsEmpty)
        {
            last--;
        }

        int count = 0;
        foreach (ReadOnlyMemory<byte> signature in byPlace)
        {
            count += signature.IsEmpty ? 0 : 1;
        }

        var signers = new byte[(last / 8) + 1];
        var signatures = new byte[count * Ed25519.SignatureSize];
        int length = 0;
        for (int place = 0; place <= last; place++)
        {
            if (!byPlace[place].IsEmpty)
            {
                signers[place / 8] |= (byte)(1 << (place % 8));
                byPlace[place].Span.CopyTo(signatures.AsSpan(length));
                length += Ed25519.SignatureSize;
            }
        }

        Hash256 subject = statement.Subject;
        ReadOnlyMemory<byte> encoded = new WireWriter(64 + signers.Length + length)
            .ArrayHeader(Elements)
            .UInt64((byte)statement.Kind)
            .UInt64(statement.View.Value)
            .Hash(in subject)
            .Bytes(signers)
            .Bytes(signatures)
            .Written;
        return new Certificate(in statement, signers, signatures, encoded);
    }

    internal bool Verify(StakeTable table, BlockId genesis, IStakeCrypto crypto)
    {
        var claims = new List<SignatureClaim>(Count);
        return TryGetClaims(table, genesis, null, claims) && crypto.VerifyAll(claims, table);
    }

    /// <summary>
    /// What has still to be verified: the signatures that are not known to be valid. False where that is not even worth
    /// it, because the signers are no validators or too few.
    /// </summary>
    internal bool TryGetClaims(
        StakeTable table, BlockId genesis, Rounds? known, List<SignatureClaim> claims)
    {
        byte[] message = Statement.SigningHash(genesis).ToArray();
        UInt128 stake = 0;
        foreach (Vote vote in Votes())
        {
            if (vote.Signer >= table.Count)
            {
                return false;
            }

            stake += table.Stake(vote.Signer);
            if (known is null || !known.IsVerified(Statement, vote.Signer, vote.Signature.Span))
            {
                claims.Add(new SignatureClaim(table.PublicKey(vote.Signer), message, vote.Signature));
            }
        }

        return table.IsQuorum(stake);
    }

    /// <summary>The votes that it is made of.</summary>
    internal IEnumerable<Vote> Votes()
    {
        int next = 0;
        foreach (int place in Places())
        {
            yield return new Vote(Statement, place, _signatures.Slice(Ed25519.SignatureSize * next++, Ed25519.SignatureSize));
        }
    }

    private static bool TryReadStatement(ref WireReader reader, out Statement statement)
    {
        statement = default;
        if (!reader.TryReadArrayHeader(Elements)
            || !reader.TryReadByte(out byte kind, (byte)VoteKind.Finalize)
            || kind == (byte)VoteKind.Propose
            || !reader.TryReadUInt64(out ulong view)
            || !reader.TryReadHash(out Hash256 subject)
            || ((VoteKind)kind == VoteKind.Nullify && !subject.IsZero))
        {
            return false;
        }

        statement = new Statement((VoteKind)kind, new View(view), subject);
        return true;
    }

    private static bool FitTogether(ReadOnlySpan<byte> signers, int signatureBytes)
    {
        int count = 0;
        foreach (byte eight in signers)
        {
            count += BitOperations.PopCount(eight);
        }

        return signatureBytes == count * Ed25519.SignatureSize && count > 0 && signers[^1] != 0;
    }

    private bool Has(int place) => (_signers.Span[place / 8] & (1 << (place % 8))) != 0;
}
