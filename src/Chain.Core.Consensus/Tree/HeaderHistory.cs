using Chain.Core.Crypto;

namespace Chain.Core.Consensus;

/// <summary>The range over the headers of a chain up to one of them, and its root, which is computed when it is asked for first.</summary>
internal sealed class HeaderHistory(MmrPeaks peaks)
{
    private Hash256? _root;

    internal MmrPeaks Peaks => peaks;

    internal Hash256 Root => _root ??= peaks.Root;
}
