using System.Globalization;
using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>One event of a run, as it enters the digest of its node.</summary>
/// <param name="Time">When.</param>
/// <param name="Node">To whom.</param>
/// <param name="What">The kind of input, in the words of <see cref="HostInput"/> and of peer messages.</param>
/// <param name="Subject">The timer, job, connection or transaction.</param>
/// <param name="Payload">The hash of the message; zero where there is none.</param>
public readonly record struct TraceRecord(Instant Time, string Node, string What, ulong Subject, Hash256 Payload)
{
    /// <summary>One line, the same on every machine, for comparing the runs of two processes.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Time.Microseconds} {Node} {What} {Subject:x} {Payload.ToShortString()}");

    /// <summary>
    /// Names the first event in which two runs differ; null where they are the same. What comes after the first difference
    /// follows from it.
    /// </summary>
    /// <param name="one">The lines of one run, in order.</param>
    /// <param name="other">The lines of the other.</param>
    public static string? FirstDifference(IEnumerable<string> one, IEnumerable<string> other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        using IEnumerator<string> left = one.GetEnumerator();
        using IEnumerator<string> right = other.GetEnumerator();
        for (long index = 0; ; index++)
        {
            bool hasLeft = left.MoveNext();
            bool hasRight = right.MoveNext();
            if (!hasLeft && !hasRight)
            {
                return null;
            }

            if (hasLeft != hasRight || left.Current != right.Current)
            {
                string here = hasLeft ? left.Current : "the end";
                string there = hasRight ? right.Current : "the end";
                return string.Create(CultureInfo.InvariantCulture, $"event {index} differs (microseconds, node, input, subject, payload): {here} | {there}");
            }
        }
    }

    internal static string Describe(object what) => what switch
    {
        string text => text,
        HostInput.Received received => $"{nameof(HostInput.Received)}.{received.Message.GetType().Name}",
        HostInput.JobFinished finished => $"{nameof(HostInput.JobFinished)}.{finished.Result.GetType().Name}",
        _ => what.GetType().Name,
    };
}
