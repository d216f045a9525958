using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// Two statements of one validator that exclude each other: two votes of a kind in a view, a finalize beside a nullify,
/// or two proposals of a leader. Proves itself. Canonical form: <c>[1, key, [kind, view, subject, signature] × 2]</c>, the
/// smaller statement first, so that an offence has one proof.
/// </summary>
public sealed class DoubleVote
{
    internal const byte Tag = 1;

    private const int Elements = 4;

    private DoubleVote(ValidatorKey offender, in Signed first, in Signed second)
    {
        Offender = offender;
        First = first;
        Second = second;
    }

    /// <summary>Who signed both.</summary>
    public ValidatorKey Offender { get; }

    /// <summary>The view of both.</summary>
    public View View => First.Statement.View;

    /// <summary>The statement whose kind and subject come first.</summary>
    public Signed First { get; }

    /// <summary>The other one.</summary>
    public Signed Second { get; }

    /// <summary>Makes a proof; the order of the two does not matter.</summary>
    /// <exception cref="ArgumentException">The statements do not exclude each other.</exception>
    public static DoubleVote Create(ValidatorKey offender, in Signed one, in Signed other)
    {
        ArgumentNullException.ThrowIfNull(offender);
        if (!one.Statement.Excludes(other.Statement))
        {
            throw new ArgumentException("A validator may sign both.", nameof(other));
        }

        return IsBefore(one.Statement, other.Statement)
            ? new DoubleVote(offender, in one, in other)
            : new DoubleVote(offender, in other, in one);
    }

    /// <summary>The canonical bytes.</summary>
    public byte[] Encode()
    {
        var writer = new WireWriter(320).ArrayHeader(Elements).UInt64(Tag).Bytes(Offender.PublicKey.Span);
        First.Write(writer);
        Second.Write(writer);
        return writer.ToArray();
    }

    /// <summary>Reads a proof that fills the bytes. Whether it holds is for <see cref="Verify"/> to say.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out DoubleVote? proof)
    {
        var reader = new WireReader(bytes);
        proof = null;
        if (!reader.TryReadArrayHeader(Elements)
            || !reader.TryReadByte(out byte tag)
            || tag != Tag
            || !reader.TryReadExactBytes(Ed25519.PublicKeySize, out ReadOnlyMemory<byte> key)
            || !Signed.TryRead(ref reader, out Signed first)
            || !Signed.TryRead(ref reader, out Signed second)
            || !reader.TryEnd()
            || !first.Statement.Excludes(second.Statement)
            || !IsBefore(first.Statement, second.Statement))
        {
            return false;
        }

        proof = new DoubleVote(new ValidatorKey(SignatureSchemeTag.Ed25519, key.ToArray()), in first, in second);
        return true;
    }

    /// <summary>Whether the offender signed both statements for the chain of <paramref name="genesis"/>.</summary>
    public bool Verify(BlockId genesis) => Holds(First, genesis) && Holds(Second, genesis);

    private bool Holds(in Signed signed, BlockId genesis)
    {
        Hash256 message = signed.Statement.SigningHash(genesis);
        return Ed25519.Verify(Offender.PublicKey.Span, Hash256.AsSpan(in message), signed.Signature.Span);
    }

    private static bool IsBefore(in Statement one, in Statement other) =>
        one.Kind != other.Kind ? one.Kind < other.Kind : one.Subject < other.Subject;

    /// <summary>A statement with its signature.</summary>
    /// <param name="Statement">What was signed.</param>
    /// <param name="Signature">64 bytes.</param>
    public readonly record struct Signed(Statement Statement, ReadOnlyMemory<byte> Signature)
    {
        internal void Write(WireWriter writer)
        {
            Hash256 subject = Statement.Subject;
            writer.ArrayHeader(4)
                .UInt64((byte)Statement.Kind)
                .UInt64(Statement.View.Value)
                .Hash(in subject)
                .Bytes(Signature.Span);
        }

        internal static bool TryRead(ref WireReader reader, out Signed signed)
        {
            signed = default;
            if (!reader.TryReadArrayHeader(4)
                || !reader.TryReadByte(out byte kind, (byte)VoteKind.Finalize)
                || !reader.TryReadUInt64(out ulong view)
                || !reader.TryReadHash(out Hash256 subject)
                || !reader.TryReadExactBytes(Ed25519.SignatureSize, out ReadOnlyMemory<byte> signature))
            {
                return false;
            }

            signed = new Signed(new Statement((VoteKind)kind, new View(view), subject), signature.ToArray());
            return (VoteKind)kind != VoteKind.Nullify || subject.IsZero;
        }
    }
}
