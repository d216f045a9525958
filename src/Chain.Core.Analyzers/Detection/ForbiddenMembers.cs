using Microsoft.CodeAnalysis;

namespace Chain.Core.Analyzers;

/// <summary>
/// The parts of the class library that are never the same on every node. The longest name that fits decides: a member,
/// then its type, then the namespaces around it.
/// </summary>
internal static class ForbiddenMembers
{
    private const string Time = "use CallContext.Time, the time of the block";
    private const string NoDraw = "derive it from the state, the call and CallContext, or let the sender pass it as an argument";
    private const string NoLookup = "pass what the transition needs as an argument of the call, or put it into the genesis or the state";
    private const string OneStep = "do one step after the other";
    private const string NoHash = "compute a hash of the bytes, for example with HashDomain";
    private const string Invariant = "use CultureInfo.InvariantCulture";
    private const string Ordinal = "use StringComparer.Ordinal or StringComparison.Ordinal";

    private static readonly Dictionary<string, ForbiddenMember> Table = new(StringComparer.Ordinal);

    static ForbiddenMembers()
    {
        Forbid(
            StateTransitionRules.Clock,
            Time,
            "System.DateTime.Now", "System.DateTime.UtcNow", "System.DateTime.Today", "System.DateTime.ToLocalTime",
            "System.DateTime.ToUniversalTime", "System.DateTimeOffset.Now", "System.DateTimeOffset.UtcNow",
            "System.DateTimeOffset.ToLocalTime", "System.DateTimeOffset.LocalDateTime", "System.TimeZoneInfo", "System.TimeZone",
            "System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Environment.TickCount", "System.Environment.TickCount64");
        Forbid(
            StateTransitionRules.Randomness,
            NoDraw,
            "System.Random", "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.IO.Path.GetRandomFileName",
            "System.Security.Cryptography.RandomNumberGenerator", "System.Security.Cryptography.RNGCryptoServiceProvider",
            "System.Linq.Enumerable.Shuffle");
        Forbid(
            StateTransitionRules.HashOrder,
            NoHash,
            "System.HashCode", "System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode");
        Forbid(
            StateTransitionRules.Culture,
            Invariant,
            "System.Globalization.CultureInfo.CurrentCulture", "System.Globalization.CultureInfo.CurrentUICulture",
            "System.Globalization.CultureInfo.InstalledUICulture", "System.Globalization.CultureInfo.DefaultThreadCurrentCulture",
            "System.Globalization.CultureInfo.DefaultThreadCurrentUICulture", "System.Globalization.CultureInfo.GetCultureInfo",
            "System.Globalization.CultureInfo.CreateSpecificCulture", "System.Globalization.CultureInfo..ctor",
            "System.Globalization.NumberFormatInfo.CurrentInfo", "System.Globalization.DateTimeFormatInfo.CurrentInfo",
            "System.Globalization.RegionInfo");
        Forbid(
            StateTransitionRules.Culture,
            Ordinal,
            "System.Globalization.CompareInfo", "System.StringComparer.CurrentCulture", "System.StringComparer.CurrentCultureIgnoreCase",
            "System.StringComparer.InvariantCulture", "System.StringComparer.InvariantCultureIgnoreCase",
            "System.StringComparison.CurrentCulture", "System.StringComparison.CurrentCultureIgnoreCase",
            "System.StringComparison.InvariantCulture", "System.StringComparison.InvariantCultureIgnoreCase");
        Forbid(
            StateTransitionRules.Outside,
            NoLookup,
            "System.IO", "System.Net", "System.Console", "System.Environment", "System.AppContext", "System.AppDomain",
            "System.OperatingSystem", "System.GC", "System.Diagnostics.Process", "System.Diagnostics.ProcessStartInfo",
            "System.Runtime.InteropServices.RuntimeInformation", "System.Runtime.InteropServices.Marshal", "System.Data", "Microsoft.Win32",
            "System.Reflection.Assembly.Load", "System.Reflection.Assembly.LoadFrom", "System.Reflection.Assembly.LoadFile");
        Forbid(
            StateTransitionRules.Threads,
            OneStep,
            "System.Threading", "System.Timers", "System.Linq.ParallelEnumerable", "System.Environment.CurrentManagedThreadId",
            "System.ComponentModel.BackgroundWorker");

        // Streams over memory, names and addresses are values.
        Permit(
            "System.IO.Stream", "System.IO.MemoryStream", "System.IO.BinaryReader", "System.IO.BinaryWriter", "System.IO.TextReader",
            "System.IO.TextWriter", "System.IO.StringReader", "System.IO.StringWriter", "System.IO.Path", "System.IO.IOException",
            "System.IO.EndOfStreamException", "System.IO.InvalidDataException", "System.IO.Hashing", "System.IO.Compression",
            "System.GC.AllocateArray", "System.GC.AllocateUninitializedArray", "System.GC.KeepAlive", "System.GC.SuppressFinalize",
            "System.Net.IPAddress", "System.Net.IPEndPoint", "System.Net.IPNetwork", "System.Net.WebUtility",
            "System.Threading.CancellationToken");
        Forbid(
            StateTransitionRules.Outside,
            NoLookup,
            "System.IO.Path.GetFullPath", "System.IO.Path.GetTempPath", "System.IO.Path.GetTempFileName", "System.IO.Path.Exists",
            "System.IO.Compression.ZipFile", "System.IO.Path.DirectorySeparatorChar", "System.IO.Path.PathSeparator",
            "System.IO.Path.Combine", "System.IO.Path.Join");
    }

    /// <summary>What the table says of a member, or null where it says nothing.</summary>
    public static ForbiddenMember? Find(ISymbol member)
    {
        string type = SymbolNames.Of(member.ContainingType);
        if (type.Length == 0)
        {
            return null;
        }

        ForbiddenMember? found = null;
        for (string name = $"{type}.{member.Name}"; name.Length > 0 && !Table.TryGetValue(name, out found);)
        {
            name = name.Substring(0, Math.Max(name.LastIndexOf('.'), 0)).TrimEnd('.');
        }

        return found;
    }

    private static void Forbid(Rule rule, string instead, params string[] names)
    {
        foreach (string name in names)
        {
            Table.Add(name, new ForbiddenMember(rule, instead));
        }
    }

    private static void Permit(params string[] names)
    {
        foreach (string name in names)
        {
            Table.Add(name, new ForbiddenMember(null, ""));
        }
    }
}
