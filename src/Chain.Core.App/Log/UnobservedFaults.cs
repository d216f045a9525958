using Chain.Core.App.Errors;

namespace Chain.Core.App.Log;

/// <summary>
/// Hears of tasks that failed while nobody looked: a mistake in the program, or in a library, that the runtime passes over in
/// silence.
/// </summary>
internal sealed class UnobservedFaults : IDisposable
{
    private readonly Action<Exception> _tell;

    public UnobservedFaults(Action<Exception> tell)
    {
        _tell = tell;
        TaskScheduler.UnobservedTaskException += OnUnobserved;
    }

    /// <summary>One line for verbs that keep no log.</summary>
    public static string Describe(Exception fault) =>
        $"{FaultCode.Unobserved} a task failed and nobody looked at it, {fault.GetType().Name}: {fault.Message.ReplaceLineEndings(" ")}";

    public void Dispose() => TaskScheduler.UnobservedTaskException -= OnUnobserved;

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs unobserved) => _tell(unobserved.Exception.GetBaseException());
}
