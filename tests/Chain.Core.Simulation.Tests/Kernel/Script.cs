using Chain.Core.Machines;

namespace Chain.Core.Simulation.Tests.Kernel;

/// <summary>A machine that does what a test says, and remembers what it was told and when.</summary>
internal sealed class Script(Action<HostInput, StepContext, IEffects> onInput) : IMachine<HostInput>
{
    public List<(Instant At, HostInput Input)> Told { get; } = [];

    public IEnumerable<T> All<T>()
        where T : HostInput => Told.Select(told => told.Input).OfType<T>();

    public void Handle(in HostInput input, in StepContext context, IEffects effects)
    {
        Told.Add((context.Now, input));
        onInput(input, context, effects);
    }
}
