using System.Buffers.Binary;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>What is signed: a kind of vote, its view and its subject.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="View">The view.</param>
/// <param name="Subject">
/// The id of the block; zero for <see cref="VoteKind.Nullify"/>; the digest of what is proposed for <see cref="VoteKind.Propose"/>.
/// </param>
public readonly record struct Statement(VoteKind Kind, View View, Hash256 Subject)
{
    private const int MessageBytes = Hash256.Size + 1 + 8 + Hash256.Size;

    private static readonly HashDomain Domain = new("chain-core/pos/statement/v1");

    /// <summary>Whether no correct validator signs both: they say different things and exclude each other.</summary>
    public bool Excludes(in Statement other) =>
        View == other.View && (Kind == other.Kind ? Subject != other.Subject : Concludes && other.Concludes);

    // Nullify and finalize share a mark of the signer, because only one of them may be signed in a view.
    internal byte Purpose => Kind switch
    {
        VoteKind.Propose => 1,
        VoteKind.Notarize => 2,
        _ => 3,
    };

    private bool Concludes => Kind is VoteKind.Nullify or VoteKind.Finalize;

    /// <summary>The digest that is signed. It commits to the chain, so that no signature counts on another one.</summary>
    public Hash256 SigningHash(BlockId genesis)
    {
        Span<byte> message = stackalloc byte[MessageBytes];
        genesis.Value.CopyTo(message);
        message[Hash256.Size] = (byte)Kind;
        BinaryPrimitives.WriteUInt64BigEndian(message[(Hash256.Size + 1)..], View.Value);
        Subject.CopyTo(message[(Hash256.Size + 9)..]);
        return Domain.Hash(message);
    }
}
