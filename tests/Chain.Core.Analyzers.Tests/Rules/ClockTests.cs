using Chain.Core.Analyzers.Tests.Harness;

namespace Chain.Core.Analyzers.Tests.Rules;

public sealed class ClockTests
{
    [Theory]
    [InlineData("_ = [|DateTime.UtcNow|];")]
    [InlineData("_ = [|DateTime.Now|].Ticks;")]
    [InlineData("_ = [|DateTime.Today|];")]
    [InlineData("_ = [|DateTimeOffset.UtcNow|].ToUnixTimeMilliseconds();")]
    [InlineData("_ = [|System.Diagnostics.Stopwatch.GetTimestamp()|];")]
    [InlineData("_ = [|System.Diagnostics.Stopwatch.StartNew().Elapsed|];")]
    [InlineData("_ = [|Environment.TickCount64|];")]
    [InlineData("_ = [|TimeProvider.System.GetUtcNow()|];")]
    [InlineData("Func<DateTime> clock = () => [|DateTime.UtcNow|];")]
    [InlineData("_ = [|TimeZoneInfo.Local|];")]
    [InlineData("_ = [|new DateTime(2026, 1, 1).ToLocalTime()|];")]
    public Task Clock_InACall_IsFound(string statement) => Analysis.AssertFindsAsync("CC1001", Subject.Call(statement));

    [Theory]
    [InlineData("UnixTime now = context.Time;")]
    [InlineData("DateTimeOffset now = DateTimeOffset.FromUnixTimeMilliseconds((long)context.Time.Milliseconds);")]
    [InlineData("DateTime day = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc); bool later = day.AddDays(1) > DateTime.UnixEpoch;")]
    [InlineData("TimeSpan hour = TimeSpan.FromTicks(36_000_000_000);")]
    [InlineData("string name = nameof(DateTime.UtcNow);")]
    public Task TimeOfTheBlock_InACall_IsClean(string statement) => Analysis.AssertFindsAsync("CC1001", Subject.Call(statement));
}
