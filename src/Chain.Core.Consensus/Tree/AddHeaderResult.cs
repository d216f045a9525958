namespace Chain.Core.Consensus;

/// <summary>The answer to a header that was offered to the tree.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Verdict">Why, where the status is <see cref="AddHeaderStatus.Invalid"/>.</param>
/// <param name="Node">Its node, where it is in the tree now.</param>
public readonly record struct AddHeaderResult(AddHeaderStatus Status, HeaderVerdict Verdict, BlockTreeNode? Node)
{
    internal static AddHeaderResult Refused(AddHeaderStatus status) => new(status, HeaderVerdict.Valid, null);

    internal static AddHeaderResult Invalid(HeaderVerdict verdict) => new(AddHeaderStatus.Invalid, verdict, null);
}
