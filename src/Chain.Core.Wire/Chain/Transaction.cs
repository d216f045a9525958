using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Chain.Core.Crypto;

namespace Chain.Core.Wire;

/// <summary>
/// A signed call. Canonical form: <c>[[scheme, sender key, nonce, fee, valid until, module, method, arguments],
/// signature]</c>. The signature covers the tagged hash of the genesis id and the inner array, so that it is
/// worth nothing on another chain. Immutable; keeps its bytes.
/// </summary>
public sealed class Transaction : IWireValue<Transaction>
{
    private const int Elements = 2;
    private const int BodyElements = 8;
    private const int StackBytes = 512;

    /// <summary>At most what heads and numbers take together, and the slack of the writer.</summary>
    private const int FixedBytes = 56 + SpanWriter.Slack;

    internal static readonly HashDomain IdDomain = new("chain-core/transaction/v1");
    internal static readonly HashDomain SigningDomain = new("chain-core/transaction-signing/v1");

    // Each holds one hash, made when somebody asks; two threads that ask at once make equal ones.
    private object? _id;
    private object? _sender;

    private Transaction(
        in TransactionTerms terms,
        SignatureSchemeTag scheme,
        ReadOnlyMemory<byte> senderKey,
        ReadOnlyMemory<byte> signature,
        ReadOnlyMemory<byte> encoded)
    {
        Terms = terms;
        Scheme = scheme;
        SenderKey = senderKey;
        Signature = signature;
        Encoded = encoded;
    }

    /// <inheritdoc/>
    public static int MinEncodedBytes => WireLimits.MinTransactionBytes;

    /// <summary>The tagged hash of <see cref="Encoded"/>.</summary>
    public TransactionId Id => (TransactionId)(_id ??= new TransactionId(IdDomain.Hash(Encoded.Span)));

    /// <summary>The account that signs and pays.</summary>
    public AccountAddress Sender => (AccountAddress)(_sender ??= AccountAddress.FromKey(Scheme, SenderKey.Span));

    /// <summary>The scheme of the sender's key and signature.</summary>
    public SignatureSchemeTag Scheme { get; }

    /// <summary>The sender's public key, without its tag.</summary>
    public ReadOnlyMemory<byte> SenderKey { get; }

    /// <summary>What the sender agreed to.</summary>
    public TransactionTerms Terms { get; }

    /// <summary>The signature, without its tag. Not checked by decoding.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>Signs <paramref name="terms"/> for the chain of <paramref name="genesis"/>.</summary>
    /// <exception cref="ArgumentException">The terms do not fit <see cref="WireLimits"/>.</exception>
    public static Transaction Sign(in TransactionTerms terms, BlockId genesis, ISigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        Span<byte> body = stackalloc byte[StackBytes];
        body = RoomFor(in terms, signer.PublicKey.Length, 0, body);
        var writer = new SpanWriter(body);
        WriteBody(ref writer, in terms, signer.Scheme, signer.PublicKey.Span);
        body = body[..writer.Position];
        Hash256 message = SigningHash(genesis, body);
        return Assemble(in terms, signer.Scheme, signer.PublicKey.Span, signer.Sign(Hash256.AsSpan(in message)));
    }

    /// <summary>The transaction of these fields, signed elsewhere. The signature is not checked.</summary>
    /// <exception cref="ArgumentException">The fields do not fit <see cref="WireLimits"/>.</exception>
    public static Transaction Assemble(
        in TransactionTerms terms, SignatureSchemeTag scheme, ReadOnlySpan<byte> senderKey, ReadOnlySpan<byte> signature)
    {
        Span<byte> room = stackalloc byte[StackBytes];
        room = RoomFor(in terms, senderKey.Length, signature.Length, room);
        byte[] encoded = room[..Encode(in terms, scheme, senderKey, signature, room)].ToArray();
        return WireValue.TryDecode(encoded, out Transaction? transaction, out WireError error)
            ? transaction
            : throw new ArgumentException($"The transaction does not fit the wire limits: {error}.", nameof(terms));
    }

    /// <summary>Writes the canonical form of a transaction of these fields; whether they fit <see cref="WireLimits"/> is not asked.</summary>
    /// <param name="terms">What the sender agrees to.</param>
    /// <param name="scheme">The scheme of key and signature.</param>
    /// <param name="senderKey">The sender's public key.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="destination">Where to write; <see cref="WireLimits.TransactionBytes"/> are enough for any valid transaction.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException">They do not fit <paramref name="destination"/>.</exception>
    public static int Encode(
        in TransactionTerms terms,
        SignatureSchemeTag scheme,
        ReadOnlySpan<byte> senderKey,
        ReadOnlySpan<byte> signature,
        Span<byte> destination)
    {
        int longest = LongestEncoding(in terms, senderKey.Length, signature.Length);
        if (destination.Length < longest)
        {
            if (destination.Length < WireLimits.TransactionBytes)
            {
                throw new ArgumentException("There is no room for the transaction.", nameof(destination));
            }

            byte[] room = new byte[longest];
            int written = Encode(in terms, scheme, senderKey, signature, room);
            room.AsSpan(0, written).CopyTo(destination);
            return written;
        }

        var writer = new SpanWriter(destination);
        writer.ArrayHeader(Elements);
        WriteBody(ref writer, in terms, scheme, senderKey);
        writer.Bytes(signature);
        return writer.Position;
    }

    /// <inheritdoc/>
    public static bool TryRead(ref WireReader reader, [NotNullWhen(true)] out Transaction? value)
    {
        value = null;
        int start = reader.Position;
        if (!reader.TryReadArrayHeader(Elements))
        {
            return false;
        }

        if (!TryReadBody(ref reader, out TransactionTerms terms, out SignatureSchemeTag scheme, out ReadOnlyMemory<byte> key))
        {
            return false;
        }

        if (!reader.TryReadBytes(WireLimits.SignatureBytes, out ReadOnlyMemory<byte> signature)
            || !(reader.Position - start <= WireLimits.TransactionBytes || reader.Fail(WireError.TooLong))
            || !(reader.Position - start >= WireLimits.MinTransactionBytes || reader.Fail(WireError.OutOfRange)))
        {
            return false;
        }

        value = new Transaction(in terms, scheme, key, signature, reader.Since(start));
        return true;
    }

    /// <summary>
    /// The same transaction with bytes of its own, for whoever keeps it longer than the message or block that it
    /// came in: otherwise 200 bytes keep a megabyte alive.
    /// </summary>
    public Transaction Detach()
    {
        if (KeptBytes.AreWholeArray(Encoded))
        {
            return this;
        }

        var reader = new WireReader(Encoded.ToArray());
        bool read = TryRead(ref reader, out Transaction? own);
        Debug.Assert(read, "These bytes were decoded before.");
        own!._id = _id;
        own._sender = _sender;
        return own;
    }

    /// <summary>The claim to verify: the sender signed these terms for the chain of <paramref name="genesis"/>.</summary>
    public SignatureClaim ClaimFor(BlockId genesis) => new(SenderKey, SigningHash(genesis, Body).ToArray(), Signature);

    internal bool HasId => _id is not null;

    internal bool HasSender => _sender is not null;

    internal static void SetId(Transaction transaction, in Hash256 hash) => transaction._id = new TransactionId(hash);

    internal static void SetSender(Transaction transaction, in Hash256 hash) => transaction._sender = new AccountAddress(hash);

    /// <summary>The inner array, which is what is signed: all but the outer header and the signature with its own header.</summary>
    internal ReadOnlySpan<byte> Body
    {
        get
        {
            int signature = Signature.Length + (Signature.Length <= byte.MaxValue ? 2 : 3);
            return Encoded.Span[1..^signature];
        }
    }

    private static Hash256 SigningHash(BlockId genesis, ReadOnlySpan<byte> body)
    {
        Hash256 id = genesis.Value;
        return SigningDomain.Hash(Hash256.AsSpan(in id), body);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)] // as SpanWriter says
    private static void WriteBody(ref SpanWriter writer, in TransactionTerms terms, SignatureSchemeTag scheme, ReadOnlySpan<byte> key)
    {
        writer.ArrayHeader(BodyElements);
        writer.UInt64((byte)scheme);
        writer.Bytes(key);
        writer.UInt64(terms.Nonce);
        writer.UInt64(terms.Fee);
        writer.UInt64(terms.ValidUntil.Value);
        writer.Name(terms.Call.Module);
        writer.Name(terms.Call.Method);
        writer.Bytes(terms.Call.Arguments.Span);
    }

    /// <summary>At least the bytes of the encoding and the writer's slack: a character takes three in UTF-8 at most.</summary>
    private static int LongestEncoding(in TransactionTerms terms, int key, int signature) =>
        FixedBytes + key + signature + (3 * (terms.Call.Module.Length + terms.Call.Method.Length)) + terms.Call.Arguments.Length;

    private static Span<byte> RoomFor(in TransactionTerms terms, int key, int signature, Span<byte> room) =>
        LongestEncoding(in terms, key, signature) is var length && length > room.Length ? new byte[length] : room;

    private static bool TryReadBody(
        ref WireReader reader, out TransactionTerms terms, out SignatureSchemeTag scheme, out ReadOnlyMemory<byte> key)
    {
        terms = default;
        scheme = SignatureSchemeTag.None;
        key = default;
        if (!reader.TryReadArrayHeader(BodyElements)
            || !reader.TryReadByte(out byte tag)
            || !(tag != (byte)SignatureSchemeTag.None || reader.Fail(WireError.OutOfRange))
            || !reader.TryReadBytes(WireLimits.PublicKeyBytes, out key)
            || !reader.TryReadUInt64(out ulong nonce)
            || !reader.TryReadUInt64(out ulong fee)
            || !reader.TryReadUInt64(out ulong validUntil)
            || !reader.TryReadName(WireLimits.NameBytes, out string? module)
            || !reader.TryReadName(WireLimits.NameBytes, out string? method)
            || !reader.TryReadBytes(WireLimits.ArgumentBytes, out ReadOnlyMemory<byte> arguments))
        {
            return false;
        }

        scheme = (SignatureSchemeTag)tag;
        terms = new TransactionTerms(nonce, fee, new BlockHeight(validUntil), new Call(module, method, arguments));
        return true;
    }
}
