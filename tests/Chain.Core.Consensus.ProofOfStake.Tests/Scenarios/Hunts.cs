using System.Reflection;
using Chain.Core.Simulation;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>
/// Searches for a fault: each answers null where all held, else what did not. Tests ask them of the engine as it is, and
/// of its mutants, in whose process this class is loaded a second time; so they take and give only plain values.
/// </summary>
internal static class Hunts
{
    /// <summary>Row 34: schedules with twins, from a number on.</summary>
    public static string? Twins(int validators, int twins, int views, int groups, bool isGuarded, long first, int count)
    {
        var scenarios = new TwinsEnumeration(validators, twins, views, groups);
        for (long i = first; i < first + count; i++)
        {
            if (new TwinsScenario(scenarios[(ulong)i]) { IsGuarded = isGuarded }.FindFault() is string fault)
            {
                return $"scenario {i}: {fault}";
            }
        }

        return null;
    }

    /// <summary>Row 34: seeds of everything at once.</summary>
    public static string? Scenarios(long first, int count)
    {
        for (long seed = first; seed < first + count; seed++)
        {
            if (new StakeScenario((ulong)seed).FindFault() is string fault)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>Every fact of a class of tests; the first that fails.</summary>
    public static string? Facts(string testClass, object? fixture = null)
    {
        Type type = typeof(Hunts).Assembly.GetTypes().Single(type => type.Name == testClass);
        foreach (MethodInfo fact in type.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null))
        {
            try
            {
                fact.Invoke(Activator.CreateInstance(type), null);
            }
            catch (TargetInvocationException failure)
            {
                return $"{fact.Name}: {failure.InnerException!.Message.ReplaceLineEndings(" ")}";
            }
        }

        return null;
    }
}
