using System.Globalization;
using Chain.Core.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Chain.Core.Analyzers.Tests.Shipping;

/// <summary>The modules that we ship and show keep the rules; and the analyzer really looks at them.</summary>
public sealed class OwnModulesTests
{
    private const string InToken = "ulong available = BalanceOf(context, from);";
    private const string InBonding = "ulong epoch = Enqueue(context, state.ComingQueue, amount);";
    private const string Tell = "ulong told = (ulong)DateTime.UtcNow.Ticks;";

    [Fact]
    public async Task Ledger_WithAClockInAModuleAndOneInWhatItUses_HasTheseFindingsOnly()
    {
        IReadOnlyList<Diagnostic> found = await Analysis.OfAsync(Ledger(code => code
            .Replace(InToken, InToken + Tell, StringComparison.Ordinal)
            .Replace(InBonding, InBonding + Tell, StringComparison.Ordinal)));

        Assert.Equal(["CC1001", "CC1001"], found.Select(each => each.Id));
        Assert.Single(found, each => each.GetMessage(CultureInfo.InvariantCulture).EndsWith("(reached from StakingModule.OnBond)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Guestbook_OfTheSamples_IsClean() => Assert.Empty(await Analysis.OfAsync(Guestbook(code => code)));

    [Fact]
    public async Task Guestbook_WithAClock_IsNot() => Assert.Equal("CC1001", Assert.Single(await Analysis.OfAsync(Guestbook(
        code => code.Replace("if (text.Length == 0", Tell + "if (text.Length == 0", StringComparison.Ordinal)))).Id);

    private static string[] Guestbook(Func<string, string> change) =>
        ["global using System;", change(Checkout.Read("samples", "CustomChain", "GuestbookModule.cs"))];

    private static CSharpCompilation Ledger(Func<string, string> change)
    {
        IEnumerable<string> files = Checkout.Sources("src", "Chain.Core.Ledger").Select(change);
        CSharpCompilation compilation = Analysis.Compile([
            "global using System; global using System.Collections.Generic; global using System.Linq;"
                + " global using System.Threading; global using System.IO;",
            .. files]);
        return compilation.WithAssemblyName("Chain.Core.Ledger").WithReferences(
            Analysis.References.Where(each => !each.Display!.EndsWith("Chain.Core.Ledger.dll", StringComparison.Ordinal)));
    }
}
