using System.Reflection;
using System.Runtime.Loader;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>
/// A second world of our assemblies, in which some have changed sources: all of ours are loaded anew, these tests included,
/// and so bind to the changed ones.
/// </summary>
internal sealed class MutantContext(IReadOnlyList<Patch> patches) : AssemblyLoadContext("mutant", isCollectible: true)
{
    /// <summary>Runs a hunt in that world.</summary>
    public string? Hunt(string method, params object?[] arguments)
    {
        Assembly tests = LoadFromAssemblyPath(typeof(MutantContext).Assembly.Location);
        MethodInfo hunt = tests.GetType(typeof(Hunts).FullName!)!.GetMethod(method)!;
        return (string?)hunt.Invoke(null, BindingFlags.OptionalParamBinding, null, arguments, null);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string name = assemblyName.Name!;
        if (!name.StartsWith("Chain.Core.", StringComparison.Ordinal))
        {
            return null;
        }

        Patch[] own = [.. patches.Where(patch => patch.Project == name)];
        if (own.Length == 0)
        {
            return LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
        }

        using var compiled = new MemoryStream(SourceProject.Of(name).Compile(own));
        return LoadFromStream(compiled);
    }
}
