using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>
/// What the operator of a dev chain may tell its engine. <see cref="ToText"/> is what a node's command channel carries; an
/// engine ignores a command that is out of its limits.
/// </summary>
internal abstract record DevCommand
{
    /// <summary>The last time that a header of a dev chain may carry: the end of the year 9999.</summary>
    public static UnixTime LastTime { get; } = new(253_402_300_799_999);

    /// <summary>The shortest pause between two blocks that are made on an interval.</summary>
    public static TimeSpan ShortestInterval { get; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest pause between two blocks that are made on an interval.</summary>
    public static TimeSpan LongestInterval { get; } = TimeSpan.FromDays(1);

    private protected DevCommand()
    {
    }

    /// <summary>Makes a block at once, empty or not.</summary>
    public sealed record Seal : DevCommand
    {
        public override string ToText() => DevConsensus.SealCommand;
    }

    /// <summary>From now on a block is made as soon as a transaction waits, and at no other time.</summary>
    public sealed record SealInstantly : DevCommand
    {
        public override string ToText() => "sealing instant";
    }

    /// <summary>From now on a block is made on command alone.</summary>
    public sealed record SealManually : DevCommand
    {
        public override string ToText() => "sealing manual";
    }

    /// <summary>From now on a block is made on an interval, whether transactions wait or not, and at no other time.</summary>
    /// <param name="Interval">From <see cref="ShortestInterval"/> to <see cref="LongestInterval"/>, in whole milliseconds.</param>
    public sealed record SealEvery(TimeSpan Interval) : DevCommand
    {
        public override string ToText() => Join("sealing every", Interval.Ticks / TimeSpan.TicksPerMillisecond);
    }

    /// <summary>Has the chain's clock run ahead: the times of all later blocks are so much later.</summary>
    /// <param name="By">Whole milliseconds, more than none. What would lead beyond <see cref="LastTime"/> is ignored.</param>
    public sealed record AdvanceTime(TimeSpan By) : DevCommand
    {
        public override string ToText() => Join("advance", By.Ticks / TimeSpan.TicksPerMillisecond);
    }

    /// <summary>Gives the next block exactly this time, and has the chain's clock run on from there.</summary>
    /// <param name="Time">After the head's time and at most <see cref="LastTime"/>; ignored otherwise.</param>
    public sealed record SetNextTime(UnixTime Time) : DevCommand
    {
        public override string ToText() => Join("next-time", (long)Time.Milliseconds);
    }

    /// <summary>
    /// Goes back to an ancestor of the head and forgets every block that does not lead to it. The chain's clock then stands
    /// at the time of that block or at the wall clock, whichever is later, and runs on from there.
    /// </summary>
    /// <param name="Block">The head or an ancestor of it whose state is kept; ignored otherwise.</param>
    public sealed record RevertTo(BlockId Block) : DevCommand
    {
        public override string ToText() => $"revert {Block.Value}";
    }

    /// <summary>The command as text.</summary>
    public abstract string ToText();

    /// <summary>Reads a command; false for what is none, or names a number out of its range.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DevCommand? command)
    {
        ArgumentNullException.ThrowIfNull(text);
        int end = text.LastIndexOf(' ');
        string last = text[(end + 1)..];
        command = text switch
        {
            DevConsensus.SealCommand => new Seal(),
            "sealing instant" => new SealInstantly(),
            "sealing manual" => new SealManually(),
            _ => text[..int.Max(0, end)] switch
            {
                "sealing every" when TryParseMilliseconds(last, out TimeSpan every) && every >= ShortestInterval && every <= LongestInterval => new SealEvery(every),
                "advance" when TryParseMilliseconds(last, out TimeSpan by) => new AdvanceTime(by),
                "next-time" when TryParseMilliseconds(last, out TimeSpan time) => new SetNextTime(new UnixTime((ulong)(time.Ticks / TimeSpan.TicksPerMillisecond))),
                "revert" when Hash256.TryParse(last, out Hash256 block) => new RevertTo(new BlockId(block)),
                _ => null,
            },
        };
        return command is not null;
    }

    private static string Join(string word, long milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{word} {milliseconds}");

    private static bool TryParseMilliseconds(string text, out TimeSpan value)
    {
        bool isRight = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong milliseconds)
            && milliseconds > 0
            && milliseconds <= LastTime.Milliseconds;
        value = isRight ? TimeSpan.FromTicks((long)milliseconds * TimeSpan.TicksPerMillisecond) : default;
        return isRight;
    }
}
