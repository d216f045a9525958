namespace Chain.Core.Storage.RocksDb;

/// <summary>The processes that tests start, in order to kill them or to let them meet a limit.</summary>
internal static class Program
{
    private static int Main(string[] arguments) => arguments switch
    {
        ["write", string directory] => ChildWriter.Run(directory),
        ["hold", string directory] => Hold(directory),
        _ => 64,
    };

    private static int Hold(string directory)
    {
        using RocksDbStore store = RocksDbStore.Open(directory);
        Console.Out.WriteLine("open");
        Console.In.ReadLine();
        return 0;
    }
}
