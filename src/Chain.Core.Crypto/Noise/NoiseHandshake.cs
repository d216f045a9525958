using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>
/// One side of a Noise handshake (revision 34, §5.3) as a machine without I/O: the caller moves the messages
/// and frames them. It never throws for what a peer sent; a refused message kills it (<see cref="Failure"/>),
/// and a dead handshake reads and writes nothing more.
/// </summary>
public sealed class NoiseHandshake : IDisposable
{
    private const int KeySize = X25519.KeySize;

    private readonly NoiseProtocol _protocol;
    private readonly bool _initiator;
    private readonly NoiseSymmetricState _state;
    private readonly X25519PrivateKey _ephemeral;
    private readonly X25519PrivateKey? _static;
    private readonly byte[] _remoteEphemeral = new byte[KeySize];
    private readonly byte[] _remoteStatic = new byte[KeySize];
    private readonly byte[][] _presharedKeys;
    private bool _hasRemoteStatic;
    private int _usedPresharedKeys;
    private int _nextMessage;
    private bool _split;
    private bool _disposed;

    /// <summary>Starts a handshake.</summary>
    /// <exception cref="ArgumentException">A key that the pattern needs is missing, superfluous or of a wrong length.</exception>
    public NoiseHandshake(NoiseHandshakeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Check(settings);
        _protocol = settings.Protocol;
        _initiator = settings.Role == NoiseRole.Initiator;
        _static = settings.StaticKey;
        _ephemeral = new X25519PrivateKey(settings.EphemeralSeed.Span);
        _presharedKeys = new byte[settings.PresharedKeys.Count][];
        for (int i = 0; i < _presharedKeys.Length; i++)
        {
            _presharedKeys[i] = settings.PresharedKeys[i].ToArray();
        }

        _hasRemoteStatic = !settings.RemoteStaticKey.IsEmpty;
        settings.RemoteStaticKey.CopyTo(_remoteStatic);

        _state = new NoiseSymmetricState(_protocol);
        _state.MixHash(settings.Prologue.Span);
        MixKnownKeys();
    }

    /// <summary>Why the handshake is dead, or <see cref="NoiseFailure.None"/>.</summary>
    public NoiseFailure Failure { get; private set; }

    /// <summary>Whether every message was written or read, so that <see cref="Split"/> may be called.</summary>
    public bool IsComplete => Failure == NoiseFailure.None && _nextMessage == _protocol.MessageCount;

    /// <summary>Whether the next message is this side's to write.</summary>
    public bool IsMyTurn =>
        Failure == NoiseFailure.None && _nextMessage < _protocol.MessageCount && (_nextMessage % 2 == 0) == _initiator;

    /// <summary>
    /// The hash of the whole transcript (32 bytes, or 64 with SHA-512 and BLAKE2b), equal on both sides of a complete handshake and different for
    /// every other one: good to bind a session to (§11.2).
    /// </summary>
    public ReadOnlyMemory<byte> HandshakeHash => _state.Hash;

    /// <summary>The peer's static public key once it is known and as far as it is proved; else empty.</summary>
    /// <remarks>Trust it only when the handshake is complete.</remarks>
    public ReadOnlyMemory<byte> RemoteStaticKey => _hasRemoteStatic ? _remoteStatic : default;

    /// <summary>How many bytes the next message adds to its payload.</summary>
    public int NextOverhead => IsMyTurn ? Overhead(_protocol.Messages[_nextMessage]) : 0;

    /// <summary>Writes this side's next message.</summary>
    /// <param name="payload">May be empty; early payloads are less protected than later ones (§7.7).</param>
    /// <param name="destination">At least <see cref="NextOverhead"/> bytes longer than the payload.</param>
    /// <param name="written">The length of the message; 0 where the result is false.</param>
    /// <returns>False where the handshake is dead or dies because a key of the peer turns out to be bad.</returns>
    /// <exception cref="InvalidOperationException">It is not this side's turn.</exception>
    /// <exception cref="ArgumentException">The message would exceed 65,535 bytes, or the destination.</exception>
    public bool TryWriteMessage(ReadOnlySpan<byte> payload, Span<byte> destination, out int written)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        written = 0;
        if (Failure != NoiseFailure.None)
        {
            return false;
        }

        if (!IsMyTurn)
        {
            throw new InvalidOperationException("It is the peer's turn, or the handshake is complete.");
        }

        int length = payload.Length + NextOverhead;
        if (length > NoiseCipher.MaxMessageSize)
        {
            throw new ArgumentException($"A message has at most {NoiseCipher.MaxMessageSize} bytes.", nameof(payload));
        }

        Sizes.RequireAtLeast(destination.Length, length, nameof(destination));
        int position = 0;
        foreach (NoiseToken token in _protocol.Messages[_nextMessage])
        {
            if (!TryWriteToken(token, destination, ref position))
            {
                return false;
            }
        }

        written = position + _state.EncryptAndHash(payload, destination[position..]);
        _nextMessage++;
        return true;
    }

    /// <summary>Reads the peer's next message.</summary>
    /// <param name="message">Any bytes that came.</param>
    /// <param name="payloadDestination">Room for the payload; as many bytes as the message has are enough.</param>
    /// <param name="written">The length of the payload; 0 where the result is false.</param>
    /// <returns>False where the message is refused: the handshake is dead, and <see cref="Failure"/> says why.</returns>
    public bool TryReadMessage(ReadOnlySpan<byte> message, Span<byte> payloadDestination, out int written)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        written = 0;
        if (Failure != NoiseFailure.None)
        {
            return false;
        }

        if (IsMyTurn || IsComplete)
        {
            return Die(NoiseFailure.OutOfTurn);
        }

        if (message.Length > NoiseCipher.MaxMessageSize)
        {
            return Die(NoiseFailure.TooLong);
        }

        int position = 0;
        foreach (NoiseToken token in _protocol.Messages[_nextMessage])
        {
            if (!TryReadToken(token, message, ref position))
            {
                return false;
            }
        }

        return TryReadPayload(message[position..], payloadDestination, out written);
    }

    /// <summary>The channel of a complete handshake. May be called once; the handshake then only tells its hash and the peer's key.</summary>
    /// <exception cref="InvalidOperationException">The handshake is not complete, or was split before.</exception>
    public NoiseTransport Split()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!IsComplete || _split)
        {
            throw new InvalidOperationException("Only a complete handshake can be split, once.");
        }

        (NoiseCipher fromInitiator, NoiseCipher fromResponder) = _state.Split();
        Wipe();
        _split = true;
        return _initiator ? new NoiseTransport(fromInitiator, fromResponder) : new NoiseTransport(fromResponder, fromInitiator);
    }

    /// <summary>Wipes the ephemeral key, the chaining key and the pre-shared keys.</summary>
    public void Dispose()
    {
        Wipe();
        _disposed = true;
    }

    private static void Check(NoiseHandshakeSettings settings)
    {
        NoiseProtocol protocol = settings.Protocol;
        ArgumentNullException.ThrowIfNull(protocol, nameof(settings));
        if (settings.Role is not (NoiseRole.Initiator or NoiseRole.Responder))
        {
            throw new ArgumentException("The role is unknown.", nameof(settings));
        }

        if (protocol.NeedsStaticKey(settings.Role) && settings.StaticKey is null)
        {
            throw new ArgumentException($"{protocol} needs a static key.", nameof(settings));
        }

        int remote = protocol.NeedsRemoteStaticKey(settings.Role) ? KeySize : 0;
        if (settings.RemoteStaticKey.Length != remote)
        {
            throw new ArgumentException($"{protocol} takes a remote static key of {remote} bytes.", nameof(settings));
        }

        bool rightKeys = settings.PresharedKeys.Count == protocol.PresharedKeyCount;
        foreach (ReadOnlyMemory<byte> key in settings.PresharedKeys)
        {
            rightKeys &= key.Length == NoiseProtocol.PresharedKeySize;
        }

        if (!rightKeys)
        {
            throw new ArgumentException(
                $"{protocol} takes {protocol.PresharedKeyCount} pre-shared keys of {NoiseProtocol.PresharedKeySize} bytes.", nameof(settings));
        }
    }

    /// <summary>The initiator's known key comes first (§5.3).</summary>
    private void MixKnownKeys()
    {
        if (_protocol.InitiatorIsKnown)
        {
            _state.MixHash(_initiator ? _static!.PublicKey.Span : _remoteStatic);
        }

        if (_protocol.ResponderIsKnown)
        {
            _state.MixHash(_initiator ? _remoteStatic : _static!.PublicKey.Span);
        }
    }

    private int Overhead(ImmutableArray<NoiseToken> tokens)
    {
        int overhead = 0;
        int tag = _state.TagSize;
        foreach (NoiseToken token in tokens)
        {
            overhead += token switch
            {
                NoiseToken.E => KeySize,
                NoiseToken.S => KeySize + tag,
                _ => 0,
            };
            bool mixesKey = token is not (NoiseToken.E or NoiseToken.S) || (token == NoiseToken.E && UsesPresharedKeys);
            tag = mixesKey ? NoiseCipher.TagSize : tag;
        }

        return overhead + tag;
    }

    private bool UsesPresharedKeys => _presharedKeys.Length > 0;

    private bool TryWriteToken(NoiseToken token, Span<byte> destination, ref int position)
    {
        switch (token)
        {
            case NoiseToken.E:
                ReadOnlySpan<byte> ephemeral = _ephemeral.PublicKey.Span;
                ephemeral.CopyTo(destination[position..]);
                position += KeySize;
                MixEphemeral(ephemeral);
                return true;
            case NoiseToken.S:
                position += _state.EncryptAndHash(_static!.PublicKey.Span, destination[position..]);
                return true;
            default:
                return TryMix(token);
        }
    }

    private bool TryReadToken(NoiseToken token, ReadOnlySpan<byte> message, ref int position)
    {
        switch (token)
        {
            case NoiseToken.E:
                return TryReadEphemeral(message, ref position);
            case NoiseToken.S:
                return TryReadStatic(message, ref position);
            default:
                return TryMix(token);
        }
    }

    private bool TryReadEphemeral(ReadOnlySpan<byte> message, ref int position)
    {
        if (message.Length - position < KeySize)
        {
            return Die(NoiseFailure.Truncated);
        }

        message.Slice(position, KeySize).CopyTo(_remoteEphemeral);
        position += KeySize;

        // Our own key sent back is a reflected message, never an honest peer.
        if (_ephemeral.PublicKey.Span.SequenceEqual(_remoteEphemeral))
        {
            return Die(NoiseFailure.BadPublicKey);
        }

        MixEphemeral(_remoteEphemeral);
        return true;
    }

    private bool TryReadStatic(ReadOnlySpan<byte> message, ref int position)
    {
        int length = KeySize + _state.TagSize;
        if (message.Length - position < length)
        {
            return Die(NoiseFailure.Truncated);
        }

        if (!_state.TryDecryptAndHash(message.Slice(position, length), _remoteStatic))
        {
            return Die(NoiseFailure.NotAuthentic);
        }

        position += length;
        if (_static is not null && _static.PublicKey.Span.SequenceEqual(_remoteStatic))
        {
            // We have dialled ourselves, or somebody holds our key.
            return Die(NoiseFailure.BadPublicKey);
        }

        _hasRemoteStatic = true;
        return true;
    }

    private bool TryReadPayload(ReadOnlySpan<byte> sealedPayload, Span<byte> destination, out int written)
    {
        written = 0;
        int length = sealedPayload.Length - _state.TagSize;
        if (length < 0)
        {
            return Die(NoiseFailure.Truncated);
        }

        if (length > destination.Length)
        {
            return Die(NoiseFailure.TooLong);
        }

        if (!_state.TryDecryptAndHash(sealedPayload, destination[..length]))
        {
            return Die(NoiseFailure.NotAuthentic);
        }

        written = length;
        _nextMessage++;
        return true;
    }

    private void MixEphemeral(ReadOnlySpan<byte> publicKey)
    {
        _state.MixHash(publicKey);
        if (UsesPresharedKeys)
        {
            // §9.2: the ephemeral key randomises the key that the pre-shared one gives.
            _state.MixKey(publicKey);
        }
    }

    private bool TryMix(NoiseToken token) => token switch
    {
        NoiseToken.EE => TryMixAgreement(_ephemeral, _remoteEphemeral),
        NoiseToken.ES => _initiator ? TryMixAgreement(_ephemeral, _remoteStatic) : TryMixAgreement(_static!, _remoteEphemeral),
        NoiseToken.SE => _initiator ? TryMixAgreement(_static!, _remoteEphemeral) : TryMixAgreement(_ephemeral, _remoteStatic),
        NoiseToken.SS => TryMixAgreement(_static!, _remoteStatic),
        _ => MixPresharedKey(),
    };

    private bool TryMixAgreement(X25519PrivateKey mine, ReadOnlySpan<byte> theirs)
    {
        Span<byte> shared = stackalloc byte[KeySize];
        if (!mine.TryAgree(theirs, shared))
        {
            return Die(NoiseFailure.BadPublicKey);
        }

        _state.MixKey(shared);
        CryptographicOperations.ZeroMemory(shared);
        return true;
    }

    private bool MixPresharedKey()
    {
        _state.MixKeyAndHash(_presharedKeys[_usedPresharedKeys++]);
        return true;
    }

    private bool Die(NoiseFailure failure)
    {
        Failure = failure;
        _hasRemoteStatic = false;
        Wipe();
        return false;
    }

    private void Wipe()
    {
        _ephemeral.Dispose();
        _state.Dispose();
        foreach (byte[] key in _presharedKeys)
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
