namespace Chain.Core.Machines;

/// <summary>
/// A protocol as a plain class: it takes one input, changes its state and appends effects. It has no clock, task,
/// thread, socket, file, lock, static state or ambient randomness. One input is one atomic step.
/// </summary>
/// <typeparam name="TInput">The closed family of inputs.</typeparam>
public interface IMachine<TInput>
{
    /// <summary>Takes one step.</summary>
    /// <param name="input">What happened.</param>
    /// <param name="context">The time and the randomness of this step.</param>
    /// <param name="effects">Takes what the host must do; the order is the contract.</param>
    void Handle(in TInput input, in StepContext context, IEffects effects);
}
