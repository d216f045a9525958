using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>What the result of an <see cref="ExecuteBlockJob"/> depends on beside the parent's state. The very same block, for another one may have the same id and other signatures.</summary>
internal sealed class ExecutionKey(
    LedgerDefinition definition, BlockId genesis, Hash256 parentStateRoot, Block block, long maxResidentNodes, IReadOnlyList<int>? signatures)
    : IEquatable<ExecutionKey>
{
    private readonly LedgerDefinition _definition = definition;
    private readonly BlockId _genesis = genesis;
    private readonly Hash256 _parentStateRoot = parentStateRoot;
    private readonly Block _block = block;
    private readonly long _maxResidentNodes = maxResidentNodes;
    private readonly IReadOnlyList<int>? _signatures = signatures;

    public bool Equals(ExecutionKey? other) =>
        other is not null
        && ReferenceEquals(_definition, other._definition)
        && ReferenceEquals(_block, other._block)
        && _genesis == other._genesis
        && _parentStateRoot == other._parentStateRoot
        && _maxResidentNodes == other._maxResidentNodes
        && AreSame(_signatures, other._signatures);

    public override bool Equals(object? obj) => Equals(obj as ExecutionKey);

    public override int GetHashCode() => _block.Id.GetHashCode();

    private static bool AreSame(IReadOnlyList<int>? one, IReadOnlyList<int>? other) =>
        one is null || other is null ? one is null && other is null : one.SequenceEqual(other);
}
