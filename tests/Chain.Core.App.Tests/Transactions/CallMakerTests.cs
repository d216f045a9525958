using Chain.Core.App.Errors;
using Chain.Core.App.Transactions;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core.App.Tests.Transactions;

/// <summary>What people type becomes the bytes that the module's own code makes of the same values.</summary>
public sealed class CallMakerTests
{
    private const string Link = "1111111111111111111111111111111111111111111111111111111111111111";

    private static readonly RegisterModule Register = new();
    private static readonly AccountAddress Bob = new(Sha256.Hash("bob"u8));

    [Fact]
    public void Make_NamelessArgument_IsTheWordAsItIs() =>
        IsSame(Register.Note("a=b, \"c\""), "register.note", "a=b, \"c\"");

    [Theory]
    [InlineData("owner=bob", "size=7", "open=true")]
    [InlineData("open=true", "size=0x7", "owner=bob")]
    public void Make_NamedArguments_AreTypedInAnyOrder(params string[] words) =>
        IsSame(Register.Enter(Bob, 7, isOpen: true), "register.enter", words);

    [Theory]
    [InlineData("1=2026-01-31T12:00:00Z", "2=#5", "3=0x01ff")]
    [InlineData("1=1769860800000", "2=5", "3=01FF")]
    public void Make_ArgumentsWithoutNames_HaveTheirPlaces(params string[] words) =>
        IsSame(Register.Prove(new UnixTime(1_769_860_800_000), new BlockHeight(5), new byte[] { 1, 255 }), "register.prove", words);

    [Fact]
    public void Make_ListOfTuples_IsTypedInJson() =>
        IsSame(Register.List([(1, "a"), (2, "b\"")], Hash256.Parse(Link)), "register.list", """parts=[[1,"a"],["2","b\""]]""", $"link=0x{Link}");

    [Theory]
    [InlineData("CC2020", "did you mean register.note?", "register.ntoe", "x")]
    [InlineData("CC2020", "'tx calls'", "register", "x")]
    [InlineData("CC2020", "takes one argument without a name, and there are 2", "register.note", "x", "y")]
    [InlineData("CC2020", "takes one argument without a name, and there are 0", "register.note")]
    [InlineData("CC2020", "needs 'open'", "register.enter", "owner=bob", "size=7")]
    [InlineData("CC2020", "has 'size' twice", "register.enter", "owner=bob", "size=7", "size=7", "open=true")]
    [InlineData("CC2020", "did you mean size?", "register.enter", "owner=bob", "sise=7", "open=true")]
    [InlineData("CC2020", "owner=ADDRESS size=NUMBER open=true|false", "register.enter", "bob", "7", "true")]
    [InlineData("CC2003", "size: '4294967296'", "register.enter", "owner=bob", "size=4294967296", "open=true")]
    [InlineData("CC2003", "size: '-1'", "register.enter", "owner=bob", "size=-1", "open=true")]
    [InlineData("CC2003", "at most 32 bits", "register.enter", "owner=bob", "size=", "open=true")]
    [InlineData("CC2003", "true or false", "register.enter", "owner=bob", "size=7", "open=1")]
    [InlineData("CC2003", "at most 20 bytes", "register.note", "aaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("CC2003", "1: 'yesterday'", "register.prove", "1=yesterday", "2=5", "3=")]
    [InlineData("CC2003", "1: '1969-12-31T23:59:59Z'", "register.prove", "1=1969-12-31T23:59:59Z", "2=5", "3=")]
    [InlineData("CC2003", "2: '#'", "register.prove", "1=0", "2=#", "3=")]
    [InlineData("CC2003", "at most 4 bytes", "register.prove", "1=0", "2=0", "3=0102030405")]
    [InlineData("CC2003", "3: '0x1'", "register.prove", "1=0", "2=0", "3=0x1")]
    [InlineData("CC2003", "at most 3 times JSON", "register.list", "parts=[[1,\"a\"],[1,\"a\"],[1,\"a\"],[1,\"a\"]]", "link=" + Link)]
    [InlineData("CC2003", "parts: '[[1]]'", "register.list", "parts=[[1]]", "link=" + Link)]
    [InlineData("CC2003", "parts: '[[null,\"a\"]]'", "register.list", "parts=[[null,\"a\"]]", "link=" + Link)]
    [InlineData("CC2003", "parts: '[[1,\"\\ud800\"]]'", "register.list", "parts=[[1,\"\\ud800\"]]", "link=" + Link)]
    [InlineData("CC2003", "parts: '[['", "register.list", "parts=[[", "link=" + Link)]
    [InlineData("CC2003", "link: '11'", "register.list", "parts=[]", "link=11")]
    public void Make_WhatTheChainDoesNotTake_IsSaid(string code, string part, string call, params string[] words)
    {
        UsageException wrong = Assert.Throws<UsageException>(() => Maker().Make(call, words));

        using var text = new StringWriter();
        wrong.Print(text);
        Assert.StartsWith($"{code} ", text.ToString(), StringComparison.Ordinal);
        Assert.Contains(part, text.ToString(), StringComparison.Ordinal);
        Assert.InRange(text.ToString().TrimEnd().Split('\n').Length, 1, 3);
    }

    [Fact]
    public void Make_ShapesThatMakeNoSense_AreMistakesAndNothingWorse()
    {
        var modules = new ModuleDescription[]
        {
            Module("m", "none", new ValueShape.Tuple([])),
            Module("m", "same", new ValueShape.Tuple([new ValueField("a", new ValueShape.Truth()), new ValueField("a", new ValueShape.Truth())])),
            Module("m", "large", new ValueShape.Bytes(int.MaxValue)),
            Module("m", "opaque", new ValueShape.Opaque()),
        };
        var maker = new CallMaker(modules, static _ => default);

        Assert.Equal(new byte[] { 0x90 }, maker.Make("m.none", []).Arguments.ToArray());
        Assert.Equal(new byte[] { 0x92, 0xc3, 0xc3 }, maker.Make("m.same", ["a=true"]).Arguments.ToArray());
        Assert.Equal(new byte[] { 0xc3 }, maker.Make("m.opaque", ["0xc3"]).Arguments.ToArray());
        Assert.Equal("CC2003", Assert.Throws<UsageException>(() => maker.Make("m.opaque", [""])).Code);
        Assert.Equal("CC2020", Assert.Throws<UsageException>(() => maker.Make("m.none", ["a=1"])).Code);
        Assert.Equal("CC2020", Assert.Throws<UsageException>(() => maker.Make("m.large", [new string('0', 2 * WireLimits.ArgumentBytes)])).Code);
    }

    private static ModuleDescription Module(string name, string method, ValueShape shape) => new(name, [new ValueField(method, shape)], [], [], []);

    private static void IsSame(Call expected, string call, params string[] words)
    {
        Call made = Maker().Make(call, words);

        Assert.Equal((expected.Module, expected.Method), (made.Module, made.Method));
        Assert.Equal(expected.Arguments.ToArray(), made.Arguments.ToArray());
    }

    private static CallMaker Maker() => new(
        [new TokenModule().Describe(), Register.Describe()],
        static text => text == "bob" ? Bob : throw new UsageException(FaultCode.Key, $"there is no key '{text}'"));
}
