using Chain.Core.Analyzers.Tests.Harness;

namespace Chain.Core.Analyzers.Tests.Rules;

public sealed class FloatingPointTests
{
    [Theory]
    [InlineData("ulong half = [|(ulong)(argument * 0.5)|];")]
    [InlineData("ulong root = [|(ulong)Math.Sqrt(argument)|];")]
    [InlineData("bool most = [|argument > 0.66|];")]
    [InlineData("double share = [|argument|];")]
    [InlineData("float share = [|1f / 3|];")]
    [InlineData("var minutes = [|TimeSpan.FromTicks(5).TotalMinutes|];")]
    [InlineData("Half share = [|(Half)1|];")]
    [InlineData("double? share = [|0.5|];")]
    [InlineData("var shares = new double[] { [|0.5|] };")]
    [InlineData("decimal share = [|(decimal)Math.Abs(0.1)|];")]
    [InlineData("ulong part = [|(ulong)Math.Floor(Math.Pow(argument, 2) * 1.5)|];")]
    public Task FloatingPoint_InACall_IsFoundOnceAnExpression(string statement) =>
        Analysis.AssertFindsAsync("CC1003", Subject.Call(statement));

    [Theory]
    [InlineData("ulong half = argument / 2;")]
    [InlineData("const ulong Coin = (ulong)1e9;")]
    [InlineData("UInt128 product = (UInt128)argument * argument;")]
    [InlineData("BigInteger product = BigInteger.Pow(argument, 3);")]
    [InlineData("ulong most = Math.Max(argument, 7UL);")]
    [InlineData("decimal share = argument / 3m;")]
    [InlineData("decimal share = (decimal)0.1f;")]
    [InlineData("DateTime later = DateTime.UnixEpoch.AddDays(1);")]
    [InlineData("Type type = typeof(double);")]
    public Task IntegersAndDecimal_InACall_AreClean(string statement) => Analysis.AssertFindsAsync("CC1003", Subject.Call(statement));
}
