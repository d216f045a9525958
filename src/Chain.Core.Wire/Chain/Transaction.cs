using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
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

    private static readonly HashDomain IdDomain = new("chain-core/transaction/v1");
    private static readonly HashDomain SigningDomain = new("chain-core/transaction-signing/v1");

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
        byte[] body = EncodeBody(in terms, signer.Scheme, signer.PublicKey.Span);
        Hash256 message = SigningHash(genesis, body);
        byte[] encoded = new WireWriter(body.Length + 128)
            .ArrayHeader(Elements)
            .Raw(body)
            .Bytes(signer.Sign(Hash256.AsSpan(in message)))
            .ToArray();
        return WireValue.TryDecode(encoded, out Transaction? transaction, out WireError error)
            ? transaction
            : throw new ArgumentException($"The transaction does not fit the wire limits: {error}.", nameof(terms));
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

    /// <summary>The inner array, which is what is signed: all but the outer header and the signature with its own header.</summary>
    private ReadOnlySpan<byte> Body
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

    private static byte[] EncodeBody(in TransactionTerms terms, SignatureSchemeTag scheme, ReadOnlySpan<byte> key) =>
        new WireWriter()
            .ArrayHeader(BodyElements)
            .UInt64((byte)scheme)
            .Bytes(key)
            .UInt64(terms.Nonce)
            .UInt64(terms.Fee)
            .UInt64(terms.ValidUntil.Value)
            .String(terms.Call.Module)
            .String(terms.Call.Method)
            .Bytes(terms.Call.Arguments.Span)
            .ToArray();

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
            || !reader.TryReadString(WireLimits.NameBytes, out string? module)
            || !reader.TryReadString(WireLimits.NameBytes, out string? method)
            || !reader.TryReadBytes(WireLimits.ArgumentBytes, out ReadOnlyMemory<byte> arguments))
        {
            return false;
        }

        scheme = (SignatureSchemeTag)tag;
        terms = new TransactionTerms(nonce, fee, new BlockHeight(validUntil), new Call(module, method, arguments));
        return true;
    }
}
