using Chain.Core.Machines;

namespace Chain.Core.Benchmarks.Network;

/// <summary>A machine that has a deadline every ten milliseconds beside what another one does.</summary>
internal sealed class TickingMachine(IMachine<HostInput> inner) : IMachine<HostInput>
{
    private static readonly TimerKey Tick = new(int.MaxValue);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    public void Handle(in HostInput input, in StepContext context, IEffects effects)
    {
        bool isTick = input is HostInput.TimerFired fired && fired.Key == Tick;
        if (isTick || input is HostInput.Started)
        {
            effects.SetTimer(Tick, context.Now + Interval);
        }

        if (!isTick)
        {
            inner.Handle(in input, in context, effects);
        }
    }
}
