using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client;

/// <summary>A transaction as the server decoded it.</summary>
/// <param name="Id">The tagged hash of the canonical bytes.</param>
/// <param name="Sender">Who signed and pays.</param>
/// <param name="Nonce">How many transactions of the sender come before it.</param>
/// <param name="Fee">What the sender offers.</param>
/// <param name="ValidUntil">The last height at which it may be in a block.</param>
/// <param name="Module">The module that is called.</param>
/// <param name="Method">The method that is called.</param>
/// <param name="Arguments">The canonical arguments.</param>
/// <param name="Encoded">The canonical bytes.</param>
public sealed record TransactionView(
    TransactionId Id,
    AccountAddress Sender,
    ulong Nonce,
    ulong Fee,
    BlockHeight ValidUntil,
    string Module,
    string Method,
    ReadOnlyMemory<byte> Arguments,
    ReadOnlyMemory<byte> Encoded);
