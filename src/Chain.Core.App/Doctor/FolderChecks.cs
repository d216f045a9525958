using Chain.Core.App.Keys;
using Chain.Core.App.Run;
using Chain.Core.Rpc;
using Chain.Core.Storage;
using Chain.Core.Storage.RocksDb;

namespace Chain.Core.App.Doctor;

/// <summary>The folder of the node: data and keys.</summary>
internal static class FolderChecks
{
    /// <summary>The data must be of this chain, and readable.</summary>
    public static Finding Data(NodePlan plan)
    {
        const string Check = "data";
        string folder = plan.DataFolder;
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            return Finding.Ok(Check, $"{folder} is empty: the node will begin at genesis");
        }

        try
        {
            using RocksDbStore store = RocksDbStore.Open(folder, new RocksDbStoreOptions());
            if (!StoreIdentity.TryRead(store, out StoreIdentity? found))
            {
                return Finding.Fail(Check, $"{folder} holds data of no chain", "name another folder with Node:Data");
            }

            return found == new StoreIdentity(plan.Chain.Network, plan.Chain.GenesisId, plan.Chain.Consensus.Name)
                ? Finding.Ok(Check, $"{folder} is of {found}")
                : Finding.Fail(Check, $"{folder} is of {found}", "name another folder with Node:Data, or take the genesis of that chain");
        }
        catch (StorageException busy) when (busy.Fault == StorageFault.InUse)
        {
            return Finding.Ok(Check, $"{folder} is in use: a node runs");
        }
        catch (StorageException fault)
        {
            return Finding.Fail(Check, fault.Message, "see 'explain CC2011'");
        }
    }

    /// <summary>Secrets are for their owner's eyes.</summary>
    public static Finding Secrets(NodePlan plan)
    {
        const string Check = "key files";
        string passphrase = plan.Settings.Producer.PassphraseFile;
        string[] files =
        [
            plan.Home.IdentityFile,
            plan.Home.TokenFile,
            .. KeyFile.List(plan.Home).Select(static key => key.Path),
            .. passphrase.Length > 0 ? [plan.Home.Resolve(passphrase)] : Array.Empty<string>(),
        ];
        string[] open = [.. files.Where(static path => File.Exists(path) && OwnerOnlyFile.IsOpenToOthers(path))];
        if (!File.Exists(plan.Home.IdentityFile))
        {
            return Finding.Fail(Check, $"{plan.Home.IdentityFile} is not there", "restore it, or run init in another folder");
        }

        return open.Length == 0
            ? Finding.Ok(Check, $"{files.Count(File.Exists)} files, for their owner only")
            : Finding.Fail(Check, $"others can read {string.Join(", ", open)}", $"chmod 600 {string.Join(' ', open)}");
    }

    /// <summary>Whether the node will vote.</summary>
    public static Finding Producer(NodePlan plan)
    {
        const string Check = "producer";
        if (plan.Chain.GenesisValidators is null)
        {
            return Finding.Ok(Check, plan.Produces ? "makes blocks" : "follows; Producer:Mode=On makes blocks");
        }

        string path = KeyFile.PathOf(plan.Home, plan.Settings.Producer.Key);
        return File.Exists(path)
            ? Finding.Ok(Check, $"votes with {path}, address 0x{KeyFile.Read(path).Address.Value}")
            : new Finding(Check, plan.Settings.Producer.Mode == Configuration.ProducerMode.On ? FindingLevel.Fail : FindingLevel.Ok, $"follows: there is no key {path}", "'keys new validator' makes one");
    }
}
