namespace Chain.Core.Fuzz;

/// <summary>Runs one kept input again, without instrumentation.</summary>
internal static class Replay
{
    public static int Run(string name, string file)
    {
        FuzzTarget target = TargetCatalog.Create(name);
        byte[] input = File.ReadAllBytes(file);
        for (int i = 0; i < 3; i++)
        {
            RunOutcome outcome = InputRunner.Run(target, input);
            Console.WriteLine($"{(outcome.IsAccepted ? "accepted" : "refused")}, {outcome.Allocated} bytes allocated, {outcome.Elapsed.TotalMilliseconds:F3} ms");
            if (outcome.Finding is not null)
            {
                Console.WriteLine(outcome.Finding);
                return 1;
            }
        }

        return 0;
    }
}
