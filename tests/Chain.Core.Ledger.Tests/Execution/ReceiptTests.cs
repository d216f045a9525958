using Chain.Core.Crypto;
using Chain.Core.Wire;
using CsCheck;

namespace Chain.Core.Ledger.Tests.Execution;

public sealed class ReceiptTests
{
    private static readonly Gen<Receipt> Receipts =
        Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[0, 4], Gen.String[Gen.Char.AlphaNumeric, 0, 60], Gen.Byte.Array[0, 40].Array[0, 5])
            .Select(static (fee, cost, status, reason, contents) => Receipt.Create(new WireWriter(), new CopiedBytes(),
                new TransactionId(Sha256.Hash(BitConverter.GetBytes(fee))),
                (TransactionStatus)status,
                fee,
                cost,
                reason,
                [.. contents.Select(static content => new LedgerEvent("module", "event", content))]));

    [Fact]
    public void TryDecode_WhatWasEncoded_IsTheSame() => Receipts.Sample(static receipt =>
    {
        Assert.True(WireValue.TryDecode(receipt.Encoded, out Receipt? decoded, out _));
        Assert.Equal(
            (receipt.Transaction, receipt.Status, receipt.Fee, receipt.Cost, receipt.Reason),
            (decoded.Transaction, decoded.Status, decoded.Fee, decoded.Cost, decoded.Reason));
        Assert.Equal(
            receipt.Events.Select(static e => (e.Module, e.Name, Convert.ToHexString(e.Content.Span))),
            decoded.Events.Select(static e => (e.Module, e.Name, Convert.ToHexString(e.Content.Span))));
    });

    [Fact]
    public void TryDecode_MutatedOrCut_IsRefusedOrCanonical() => Gen.Select(Receipts, Gen.Int[0, 10_000], Gen.Byte[1, 255]).Sample(
        static (receipt, position, flip) =>
        {
            byte[] bytes = receipt.Encoded.ToArray();
            Assert.False(WireValue.TryDecode<Receipt>(bytes.AsMemory(0, position % bytes.Length), out _, out _));
            bytes[position % bytes.Length] ^= flip;
            if (WireValue.TryDecode(bytes, out Receipt? decoded, out _))
            {
                Receipt again = Receipt.Create(new WireWriter(), new CopiedBytes(),
                    decoded.Transaction, decoded.Status, decoded.Fee, decoded.Cost, decoded.Reason, decoded.Events.ToArray());
                Assert.Equal(bytes, again.Encoded.ToArray());
            }
        });

    [Fact]
    public void Encoded_KnownReceipt_HasTheseBytes()
    {
        var receipt = Receipt.Create(new WireWriter(), new CopiedBytes(),
            TransactionId.None, TransactionStatus.Failed, 300, 4000, "no", [new LedgerEvent("m", "e", new byte[] { 7 })]);

        Assert.Equal(
            "96" + "c420" + new string('0', 64) + "01" + "cd012c" + "cd0fa0" + "a26e6f" + "91" + "93" + "a16d" + "a165" + "c40107",
            Convert.ToHexStringLower(receipt.Encoded.Span));
    }
}
