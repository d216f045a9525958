using Chain.Core.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Chain.Core.Analyzers.Tests.Shipping;

/// <summary>The modules that we ship and show keep the rules; and the analyzer really looks at them.</summary>
public sealed class OwnModulesTests
{
    private const string Tell = "ulong told = (ulong)DateTime.UtcNow.Ticks;";

    [Fact]
    public async Task Ledger_AsShipped_IsClean() => Assert.Empty(await Analysis.OfAsync(Ledger()));

    [Theory]
    [InlineData("TokenModule.cs", "ulong available = BalanceOf(context, from);")]
    [InlineData("Bonding.cs", "ulong epoch = Enqueue(context, state.ComingQueue, amount);")]
    public async Task Ledger_WithAClock_IsNot(string file, string anchor)
    {
        IReadOnlyList<Diagnostic> found = await Analysis.OfAsync(Ledger((path, code) =>
            path.EndsWith(file, StringComparison.Ordinal) ? code.Replace(anchor, anchor + Tell, StringComparison.Ordinal) : code));

        Assert.Equal("CC1001", Assert.Single(found).Id);
    }

    [Fact]
    public async Task Guestbook_OfTheSamples_IsClean() => Assert.Empty(await Analysis.OfAsync(Guestbook(code => code)));

    [Fact]
    public async Task Guestbook_WithAClock_IsNot() => Assert.Equal("CC1001", Assert.Single(await Analysis.OfAsync(Guestbook(
        code => code.Replace("if (text.Length == 0", Tell + "if (text.Length == 0", StringComparison.Ordinal)))).Id);

    private static string[] Guestbook(Func<string, string> change) =>
        ["global using System;", change(Checkout.Read("samples", "CustomChain", "GuestbookModule.cs"))];

    private static CSharpCompilation Ledger(Func<string, string, string>? change = null)
    {
        IEnumerable<string> files = Checkout.Sources("src", "Chain.Core.Ledger")
            .Select(file => change?.Invoke(file.Path, file.Code) ?? file.Code);
        CSharpCompilation compilation = Analysis.Compile([
            "global using System; global using System.Collections.Generic; global using System.Linq;"
                + " global using System.Threading; global using System.IO;",
            .. files]);
        return compilation.WithAssemblyName("Chain.Core.Ledger").WithReferences(Analysis.References.Where(each => !each.Display!.EndsWith("Chain.Core.Ledger.dll", StringComparison.Ordinal)));
    }
}
