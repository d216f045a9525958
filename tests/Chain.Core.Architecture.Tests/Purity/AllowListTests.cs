namespace Chain.Core.Architecture.Tests.Purity;

public sealed class AllowListTests
{
    private static readonly AllowList List = AllowList.Parse(
    [
        "System.String",
        "!System.String::GetHashCode",
        "System.Environment::get_CurrentManagedThreadId",
        "System.Collections.Immutable.*",
        "System.Runtime.CompilerServices.*Attribute",
        "System.Math",
        "[Chain.Core.Crypto]",
        "System.Double",
        "Org.BouncyCastle.*",
    ]);

    [Theory]
    [InlineData("System.String", "Concat", true)]
    [InlineData("System.String", null, true)]
    [InlineData("System.String", "GetHashCode", false)]
    [InlineData("System.StringComparer", "get_Ordinal", false)]
    [InlineData("System.String+Nested", "Any", true)]
    [InlineData("System.Environment", null, true)]
    [InlineData("System.Environment", "get_CurrentManagedThreadId", true)]
    [InlineData("System.Environment", "get_TickCount64", false)]
    [InlineData("System.Collections.Immutable.ImmutableArray", "Create", true)]
    [InlineData("System.Runtime.CompilerServices.IsReadOnlyAttribute", ".ctor", true)]
    [InlineData("System.Runtime.CompilerServices.TaskAwaiter", "GetResult", false)]
    [InlineData("Org.BouncyCastle.Math.BigInteger", "Add", false)]
    public void Allows_InAnyAssembly_FollowsTheLines(string type, string? member, bool expected) =>
        Assert.Equal(expected, List.Allows("Chain.Core.Gossip", new ExternalUse(type, member, false, "a test")));

    [Fact]
    public void Allows_LineOfASection_IsForThatAssemblyOnly()
    {
        var use = new ExternalUse("Org.BouncyCastle.Math.BigInteger", "Add", false, "a test");

        Assert.True(List.Allows("Chain.Core.Crypto", use));
        Assert.False(List.Allows("Chain.Core.Cryptography", use));
    }

    [Theory]
    [InlineData("Chain.Core.Crypto", true)]
    [InlineData("Chain.Core.Ledger", false)]
    public void Allows_FloatingPoint_OnlyWhereDoubleIsListed(string assembly, bool expected) =>
        Assert.Equal(expected, List.Allows(assembly, new ExternalUse("System.Math", "Max", true, "a test")));
}
