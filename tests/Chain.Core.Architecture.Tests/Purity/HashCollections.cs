namespace Chain.Core.Architecture.Tests.Purity;

/// <summary>Collections whose order of enumeration is nobody's contract.</summary>
internal static class HashCollections
{
    private static readonly HashSet<string> Names =
    [
        "System.Collections.Generic.Dictionary",
        "System.Collections.Generic.HashSet",
        "System.Collections.Immutable.ImmutableDictionary",
        "System.Collections.Immutable.ImmutableHashSet",
        "System.Collections.Frozen.FrozenDictionary",
        "System.Collections.Frozen.FrozenSet",
    ];

    private static readonly HashSet<string> EnumeratingMembers =
        ["GetEnumerator", "get_Keys", "get_Values", "get_Items", "CopyTo", "ToArray"];

    public static bool Contain(string type) => Names.Contains(type);

    public static bool AreEnumeratedBy(ExternalUse call) => Contain(call.Type) && EnumeratingMembers.Contains(call.Member!);
}
