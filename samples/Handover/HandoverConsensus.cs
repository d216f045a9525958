namespace Handover;

/// <summary>
/// One engine up to a height, another one after it: the block at that height is the second one's genesis. Whoever may make
/// blocks with the first engine decides what that block is, so it should be one that all trust, or one with finality.
/// </summary>
/// <param name="first">The engine that begins.</param>
/// <param name="second">The engine that goes on.</param>
/// <param name="height">The last height of the first engine.</param>
/// <param name="beginner">Who makes the blocks of the first engine.</param>
internal sealed class HandoverConsensus(IConsensusPlugin first, IConsensusPlugin second, BlockHeight height, ValidatorKey beginner) : IConsensusPlugin
{
    public string Name => $"{first.Name}-{second.Name}";

    public ReadOnlyMemory<byte> GenesisSeal => first.GenesisSeal;

    public IHeaderRules CreateRules(BlockHeader genesis) => new HandoverRules(first.CreateRules(genesis), second, height);

    public IConsensusEngine CreateEngine(BlockHeader genesis, IBlockTree tree, EngineOptions options)
    {
        IConsensusEngine beginning = first.CreateEngine(genesis, tree, options with { ProducesBlocks = options.Signer == beginner });
        var rules = new HandoverRules(beginning.Rules, second, height);
        return new HandoverEngine(beginning, rules, handover => second.CreateEngine(handover, tree, options), tree, height);
    }
}
