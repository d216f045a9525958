using Chain.Core.App;
using Chain.Core.Machines;
using Chain.Core.Storage.RocksDb;

// Aot.Libraries <folder>: what is written to RocksDB is there when the store is opened again; then the verbs of an operator make
// a node's folder, examine it, and run the node for three seconds.
byte[] key = [1, 2, 3];
string folder = Path.Combine(args[0], "store");
using (RocksDbStore store = RocksDbStore.Open(folder))
{
    var batch = new WriteBatch();
    batch.Put(key, new byte[] { 42 });
    store.Write(batch, Durability.Durable);
}

using (RocksDbStore again = RocksDbStore.Open(folder))
{
    bool isThere = again.TryGet(key, out byte[]? value) && value is [42];
    Console.WriteLine(isThere ? "RocksDB: written, closed, opened, read" : "RocksDB: the value is gone");
    if (!isThere)
    {
        return 1;
    }
}

string home = Path.Combine(args[0], "home");
var user = new Terminal { Output = Console.Out, Errors = Console.Error, UserFolder = args[0] };
string[] ports = ["--set", "P2P:Address=127.0.0.1", "--set", "P2P:Port=0", "--set", "Rpc:Port=0", "--set", "Metrics:Port=0", "--set", "Logging:Level=Information"];
string[][] commands =
[
    ["init", "--home", home, "--consensus", "dev"],
    ["config", "show", "--json", "--home", home],
    ["config", "check", "--home", home],
    ["doctor", "--home", home, .. ports],
    ["explain", "CC2002"],
];
foreach (string[] command in commands)
{
    int exit = await new ChainApp("aot").RunAsync(command, user);
    if (exit != 0)
    {
        Console.Error.WriteLine($"{string.Join(' ', command)} ended with {exit}");
        return 1;
    }
}

using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(3));
int ran = await new ChainApp("aot").RunAsync(["run", "--home", home, .. ports], user, stop.Token);
Console.WriteLine($"run ended with {ran}");
return ran;
