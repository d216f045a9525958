namespace Chain.Core.Architecture.Tests.Purity;

/// <summary>DESIGN rule: pure protocol code takes nothing from outside but what is listed.</summary>
public sealed class PurityTests
{
    private static readonly List<AssemblyScan> PureAssemblies =
        [.. Repository.Projects.Select(Repository.AssemblyOf).OfType<string>().Select(AssemblyScan.Of).Where(scan => scan.IsPure)];

    public static TheoryData<string> PureNames => new(PureAssemblies.Select(assembly => assembly.Name));

    [Fact]
    public void PureProtocol_OfEachProject_IsStampedIntoItsAssembly() =>
        Assert.Equal(
            Repository.Projects.Where(project => project.IsPure).Select(project => project.Name),
            PureAssemblies.Select(assembly => assembly.Name));

    [Theory, MemberData(nameof(PureNames))]
    public void Externals_OfPureAssembly_AreListed(string name) =>
        AssertNone(PurityRules.ExternalsNotAllowed(Find(name), AllowList.Shipped), "not in AllowedExternals.txt");

    [Theory, MemberData(nameof(PureNames))]
    public void Statics_OfPureAssembly_NeverChange(string name) =>
        AssertNone(PurityRules.MutableStatics(Find(name)), "static state");

    [Theory, MemberData(nameof(PureNames))]
    public void Arithmetic_OfPureAssembly_IsOfIntegers(string name) =>
        AssertNone(PurityRules.FloatingPoint(Find(name), AllowList.Shipped), "floating point");

    [Theory, MemberData(nameof(PureNames))]
    public void NativeCode_InPureAssembly_IsNotCalled(string name) => AssertNone(Find(name).NativeMethods, "native code");

    [Theory, MemberData(nameof(PureNames))]
    public void HashCollections_InPureAssembly_AreNotEnumerated(string name)
    {
        HashSet<string> exceptions = [.. Resource.Lines("HashEnumerationExceptions.txt")];
        AssertNone(
            PurityRules.HashEnumerations(Find(name)).Where(found => !exceptions.Contains(found.Split(':')[0])),
            "enumeration in hash order");
    }

    [Fact]
    public void HashEnumerationExceptions_Each_IsStillNeeded()
    {
        HashSet<string> found = [.. PureAssemblies.SelectMany(PurityRules.HashEnumerations).Select(line => line.Split(':')[0])];
        AssertNone(Resource.Lines("HashEnumerationExceptions.txt").Where(line => !found.Contains(line)), "unneeded exception");
    }

    private static AssemblyScan Find(string name) => PureAssemblies.Single(assembly => assembly.Name == name);

    private static void AssertNone(IEnumerable<string> violations, string rule)
    {
        string[] lines = [.. violations];
        Assert.True(lines.Length == 0, $"{rule}:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");
    }
}
