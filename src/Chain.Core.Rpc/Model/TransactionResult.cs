using System.ComponentModel;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>A transaction, decoded.</summary>
internal sealed record TransactionResult(
    [property: Description("The tagged hash of the canonical bytes.")] TransactionId Id,
    [property: Description("Who signed and pays.")] AccountAddress Sender,
    [property: Description("The signature scheme of the sender's key.")] string Scheme,
    [property: Description("The public key.")] ReadOnlyMemory<byte> SenderKey,
    [property: Description("How many transactions of the sender come before it.")] ulong Nonce,
    [property: Description("What the sender offers, in the smallest unit.")] ulong Fee,
    [property: Description("The last height at which it may be in a block.")] BlockHeight ValidUntil,
    [property: Description("The module that is called.")] string Module,
    [property: Description("The method that is called.")] string Method,
    [property: Description("The canonical arguments.")] ReadOnlyMemory<byte> Arguments,
    [property: Description("The canonical bytes.")] ReadOnlyMemory<byte> Encoded);
