namespace Chain.Core.Architecture.Tests.Purity;

/// <summary>The scanner is only worth something where it finds what is there.</summary>
public sealed class AssemblyScanTests
{
    private const string Fixture = "Chain.Core.Architecture.Tests.Purity.ImpureFixture";

    private static readonly AssemblyScan Self = AssemblyScan.Of(typeof(AssemblyScanTests).Assembly.Location);

    [Theory]
    [InlineData(nameof(ImpureFixture.ReadsTheClock), "System.DateTime::get_UtcNow")]
    [InlineData(nameof(ImpureFixture.StartsATask), "System.Threading.Tasks.Task::Run")]
    [InlineData(nameof(ImpureFixture.TakesASquareRoot), "System.Math::Sqrt")]
    public void ExternalsNotAllowed_MethodUsesIt_NamesMemberAndMethod(string method, string member)
    {
        ExternalUse use = Assert.Single(Self.Calls, call => call.Site == $"{Fixture}.{method}" && call.Name == member);

        Assert.False(AllowList.Shipped.Allows("Chain.Core.Gossip", use));
        Assert.Contains(PurityRules.ExternalsNotAllowed(Self, AllowList.Shipped), line => line.StartsWith(member, StringComparison.Ordinal));
    }

    [Fact]
    public void ExternalsNotAllowed_TypeIsOnlyMentioned_IsFound() =>
        Assert.Contains(
            PurityRules.ExternalsNotAllowed(Self, AllowList.Shipped),
            line => line.StartsWith("System.Threading.Tasks.Task ", StringComparison.Ordinal));

    [Fact]
    public void Allows_IntegerMemberOfMath_IsAllowed()
    {
        ExternalUse use = Assert.Single(Self.Calls, call => call.Site == $"{Fixture}.{nameof(ImpureFixture.TakesAMaximum)}");

        Assert.Equal("System.Math::Max", use.Name);
        Assert.True(AllowList.Shipped.Allows("Chain.Core.Gossip", use));
    }

    [Fact]
    public void MutableStatics_CounterAndRegistry_AreFoundAndConstantIsNot()
    {
        IEnumerable<string> found = PurityRules.MutableStatics(Self).Where(line => line.StartsWith(Fixture, StringComparison.Ordinal));

        Assert.Equal(
            [
                $"{Fixture}.Registry of type System.Collections.Generic.List",
                $"{Fixture}._calls of type System.Int32",
            ],
            found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(nameof(ImpureFixture.ComputesInFloatingPoint), true)]
    [InlineData(nameof(ImpureFixture.TakesASquareRoot), true)]
    [InlineData(nameof(ImpureFixture.TakesAMaximum), false)]
    public void FloatingPoint_OfMethod_IsSeenInItsInstructions(string method, bool expected) =>
        Assert.Equal(expected, PurityRules.FloatingPoint(Self, AllowList.Shipped).Contains($"{Fixture}.{method}"));

    [Theory]
    [InlineData(nameof(ImpureFixture.EnumeratesADictionary), "System.Collections.Generic.Dictionary::GetEnumerator")]
    [InlineData(nameof(ImpureFixture.EnumeratesValues), "System.Collections.Generic.Dictionary::get_Values")]
    [InlineData(nameof(ImpureFixture.EnumeratesAHashSet), "System.Collections.Generic.HashSet::GetEnumerator")]
    [InlineData(nameof(ImpureFixture.HandsOnAHashSet), "System.Linq.Enumerable::OrderDescending")]
    [InlineData(nameof(ImpureFixture.HandsOnALocal), "System.Collections.Generic.List::.ctor")]
    [InlineData(nameof(ImpureFixture.HandsOnAKnownDictionary), "System.Linq.Enumerable::Select")]
    public void HashEnumerations_MethodEnumerates_IsFound(string method, string member) =>
        Assert.Contains($"{Fixture}.{method}: {member}", PurityRules.HashEnumerations(Self));

    [Theory]
    [InlineData(nameof(ImpureFixture.LooksUp))]
    [InlineData(nameof(ImpureFixture.AsksWhileLinqTakesAnother))]
    [InlineData(nameof(ImpureFixture.CopiesAHashSet))]
    public void HashEnumerations_OrderCannotShow_IsNotFound(string method) =>
        Assert.DoesNotContain(
            PurityRules.HashEnumerations(Self),
            line => line.StartsWith($"{Fixture}.{method}:", StringComparison.Ordinal));

    [Fact]
    public void IsPure_OfTheTestsThemselves_IsFalse() => Assert.False(Self.IsPure);
}
