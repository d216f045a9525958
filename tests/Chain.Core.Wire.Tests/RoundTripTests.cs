using Chain.Core.Testing;
using CsCheck;

namespace Chain.Core.Wire.Tests;

public sealed class RoundTripTests
{
    private static readonly int Count = LongRun.Count(300, 100_000);

    [Fact]
    public void Header_AnyFields_DecodeToTheSame() => WireGenerators.Header.Sample(
        header => WireValue.TryDecode(header.Encoded.ToArray(), out BlockHeader? decoded, out _)
            && decoded.Fields == header.Fields
            && decoded.Seal.Span.SequenceEqual(header.Seal.Span)
            && decoded.Id == header.Id
            && decoded.Encoded.Span.SequenceEqual(header.Encoded.Span)
            && Rebuild.From(decoded).Encoded.Span.SequenceEqual(header.Encoded.Span),
        iter: Count, threads: 1, seed: "0N0XIzNsQ0O2");

    [Fact]
    public void Transaction_AnyFields_DecodeToTheSame() => WireGenerators.Transaction.Sample(
        transaction => WireValue.TryDecode(transaction.Encoded.ToArray(), out Transaction? decoded, out _)
            && IsSame(transaction, decoded)
            && Rebuild.From(decoded).Encoded.Span.SequenceEqual(transaction.Encoded.Span),
        iter: Count, threads: 1, seed: "0N0XIzNsQ0O2");

    [Fact]
    public void Block_AnyContent_DecodesToTheSame() => WireGenerators.Block.Sample(
        block => WireValue.TryDecode(block.Encoded.ToArray(), out Block? decoded, out _)
            && decoded.Id == block.Id
            && decoded.Transactions.Count == block.Transactions.Count
            && decoded.Transactions.Zip(block.Transactions).All(pair => IsSame(pair.First, pair.Second))
            && Rebuild.From(decoded).Encoded.Span.SequenceEqual(block.Encoded.Span),
        iter: int.Max(50, Count / 10), threads: 1, seed: "0N0XIzNsQ0O2");

    [Fact]
    public void Message_OfAnyKind_DecodesToTheSame() => WireGenerators.Message.Sample(
        message =>
        {
            byte[] encoded = PeerMessageCodec.Encode(message);
            return encoded.Length <= PeerMessageCodec.MaxBytes(message.Kind)
                && Decoders.Message(encoded, out byte[] again, out _)
                && encoded.AsSpan().SequenceEqual(again)
                && PeerMessageCodec.TryDecode(encoded, out PeerMessage? decoded, out _)
                && decoded.Kind == message.Kind
                && (message is not PeerMessage.Hello || decoded.Equals(message));
        },
        iter: Count * 3, threads: 1, seed: "0N0XIzNsQ0O2");

    private static bool IsSame(Transaction left, Transaction right) =>
        left.Id == right.Id
        && left.Sender == right.Sender
        && left.Scheme == right.Scheme
        && left.SenderKey.Span.SequenceEqual(right.SenderKey.Span)
        && left.Signature.Span.SequenceEqual(right.Signature.Span)
        && left.Terms.Nonce == right.Terms.Nonce
        && left.Terms.Fee == right.Terms.Fee
        && left.Terms.ValidUntil == right.Terms.ValidUntil
        && left.Terms.Call.Module == right.Terms.Call.Module
        && left.Terms.Call.Method == right.Terms.Call.Method
        && left.Terms.Call.Arguments.Span.SequenceEqual(right.Terms.Call.Arguments.Span);
}
