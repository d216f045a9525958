using Chain.Core.Machines;

namespace Chain.Core.Consensus;

/// <summary>A consensus plug-in: a machine that orders block ids.</summary>
public interface IConsensusEngine : IMachine<ConsensusInput>
{
    /// <summary>The pure checks that go with it.</summary>
    IHeaderRules Rules { get; }
}
