using System.Globalization;
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

    /// <summary>Row 35: a third or more is faulty; where a fork comes of it, correct nodes can prove as much guilty.</summary>
    public static string? Accountability(long first, int count)
    {
        var scenarios = new TwinsEnumeration(validators: 4, twins: 2, views: 4, maxGroups: 3);
        int forks = 0;
        for (long i = first; i < first + count; i++)
        {
            TwinsSchedule schedule = scenarios[(ulong)i];
            if (new TwinsScenario(schedule) { IsGuarded = false }.Run().Forks.Count == 0)
            {
                continue;
            }

            // Once more, with signatures that a proof can show.
            StakeNetwork network = new TwinsScenario(schedule) { IsGuarded = false, HasRealCrypto = true }.Run();
            forks++;
            int guilty = ForkAudit.Guilty(network, correct: [2, 3]);
            if (network.Forks.Count == 0 || 3 * guilty < network.Keys.Length)
            {
                return $"scenario {i}: {string.Join("; ", network.Forks)}, and evidence names {guilty}; {network.Describe()}";
            }
        }

        return forks > 0 ? null : "no scenario forked";
    }

    /// <summary>Row 36: correct nodes in trouble, then calm; within five time-outs a block is final, within ten everybody has one.</summary>
    public static string? Liveness(long first, int count)
    {
        for (long seed = first; seed < first + count; seed++)
        {
            var scenario = new StakeScenario((ulong)seed, hasFaulty: false);
            (double First, double Every)? timeouts = scenario.TimeoutsToFinality();
            if (timeouts is not { First: <= 5, Every: <= 10 })
            {
                return scenario.Say(timeouts is { } took
                    ? string.Create(CultureInfo.InvariantCulture, $"{took.First:0.00} time-outs to a final block, {took.Every:0.00} to one everywhere")
                    : "no block becomes final");
            }
        }

        return null;
    }

    /// <summary>Row 38: full nodes that lose power or are killed before an effect of some step, ten times a seed.</summary>
    public static string? Kills(long first, int count)
    {
        for (long seed = first; seed < first + count; seed++)
        {
            if (new KillScenario((ulong)seed).FindFault() is string fault)
            {
                return $"seed {seed}: {fault}";
            }
        }

        return null;
    }

    /// <summary>Every fact of a class of tests; the first that fails.</summary>
    public static string? Facts(string testClass)
    {
        Type type = typeof(Hunts).Assembly.GetTypes().Single(type => type.Name == testClass);
        ConstructorInfo constructor = type.GetConstructors().Single();
        object[] fixtures = [.. constructor.GetParameters().Select(parameter => Activator.CreateInstance(parameter.ParameterType)!)];
        foreach (MethodInfo fact in type.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null and not TheoryAttribute))
        {
            try
            {
                fact.Invoke(constructor.Invoke(fixtures), null);
            }
            catch (TargetInvocationException failure)
            {
                return $"{fact.Name}: {failure.InnerException!.Message.ReplaceLineEndings(" ")}";
            }
        }

        return null;
    }
}
