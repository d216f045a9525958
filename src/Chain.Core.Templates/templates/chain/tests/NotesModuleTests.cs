using Chain.Core;
using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Node;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace New_Chain.Tests;

public sealed class NotesModuleTests
{
    private static readonly DevKey Alice = DevKey.All[0];

    [Theory]
    [InlineData("hello", TransactionStatus.Applied, "hello")]
    [InlineData("", TransactionStatus.Failed, "")]
    public async Task Write_ByAlice_IsHerNoteUnlessEmpty(string text, TransactionStatus status, string note)
    {
        await using ChainNode node = await ChainNode.StartAsync(new ChainNodeOptions
        {
            Chain = ChainSpec.Define(new DevConsensus()),
            Store = new MemoryStore(),
            Engine = new EngineOptions { ProducesBlocks = true },
        });
        var terms = new TransactionTerms(Nonce: 0, Fee: 0, ValidUntil: new BlockHeight(100), ChainSpec.Notes.Write(text));

        InclusionReceipt receipt = await node.SubmitAndWaitAsync(Transaction.Sign(in terms, node.Chain.GenesisId, Alice.Key));

        Assert.Equal(status, receipt.Status);
        Assert.Equal(note, node.Query((_, state) => ChainSpec.Notes.NoteOf(state, Alice.Address)));
    }
}
