using Chain.Core.Machines;

namespace Chain.Core.Consensus;

/// <summary>A consensus plug-in: a machine that orders block ids.</summary>
public interface IConsensusEngine : IMachine<ConsensusInput>
{
    /// <summary>
    /// The pure checks that go with it. They know what the engine was told of validators, which those of
    /// <see cref="IConsensusPlugin.CreateRules"/> do not; a host that runs an engine verifies with these.
    /// </summary>
    IHeaderRules Rules { get; }
}
