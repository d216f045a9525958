using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace CustomChain;

/// <summary>A chain without a coin: one module, blocks made as soon as somebody signs, no fees.</summary>
internal static class GuestbookChain
{
    public static GuestbookModule Guestbook { get; } = new();

    public static ChainDefinition Definition { get; } = new(
        new DevConsensus(),
        new LedgerDefinition([Guestbook]),
        new GenesisSpec(Network: 77, "guestbook", new UnixTime(1_767_225_600_000), Modules: []));

    /// <summary>The transaction with which a guest signs.</summary>
    public static Transaction Sign(ISigner guest, ulong nonce, string text) => Transaction.Sign(
        new TransactionTerms(nonce, Fee: 0, ValidUntil: new BlockHeight(10_000), Guestbook.Sign(text)), Definition.GenesisId, guest);
}
