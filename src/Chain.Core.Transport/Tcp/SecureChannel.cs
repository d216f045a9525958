using System.IO.Pipelines;
using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Transport;

/// <summary>A byte stream after its handshake.</summary>
internal sealed record SecureChannel(PeerId Peer, NoiseTransport Ciphers, PipeReader Input, PipeWriter Output);
