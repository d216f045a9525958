namespace Chain.Core.Storage.RocksDb;

/// <summary>The processes that tests start, in order to kill them or to let them meet a limit.</summary>
internal static class Program
{
    private static int Main(string[] arguments) => arguments switch
    {
        ["write", string directory] => ChildWriter.Run(directory),
        ["exhaust-descriptors", string directory] => ExhaustDescriptors(directory),
        ["hold", string directory] => Hold(directory),
        _ => 64,
    };

    private static int ExhaustDescriptors(string directory)
    {
        // Once with descriptors to spare, so that all code is loaded; then without any.
        Console.Out.WriteLine(FaultOnOpening(directory));
        string file = Path.Combine(directory, "CURRENT");
        var held = new List<FileStream>();
        try
        {
            while (true)
            {
                held.Add(File.Open(file, FileMode.Open, FileAccess.Read, FileShare.Read));
            }
        }
        catch (IOException)
        {
            Console.Out.WriteLine(FaultOnOpening(directory));
        }

        held.ForEach(stream => stream.Dispose());
        Console.Out.WriteLine(FaultOnOpening(directory));
        return 0;
    }

    private static string FaultOnOpening(string directory)
    {
        try
        {
            RocksDbStore.Open(directory).Dispose();
            return "open";
        }
        catch (StorageException fault)
        {
            return $"{fault.Fault}";
        }
    }

    private static int Hold(string directory)
    {
        using RocksDbStore store = RocksDbStore.Open(directory);
        Console.Out.WriteLine("open");
        Console.In.ReadLine();
        return 0;
    }
}
