using System.Reflection;
using Chain.Core.App.Errors;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Engines;

/// <summary>The engines that the tool knows: its own, and those of assemblies that the user names.</summary>
internal sealed class EngineShelf
{
    private readonly SortedDictionary<string, ILaboratoryEngine> _engines = new(StringComparer.Ordinal);
    private readonly List<string> _assemblies = [];

    public EngineShelf()
    {
        Put(new ProofOfWorkEngineEntry());
        Put(new ProofOfStakeEngineEntry());
        Put(new DevEngineEntry());
    }

    public IReadOnlyCollection<ILaboratoryEngine> Engines => _engines.Values;

    /// <summary>The assemblies that engines were loaded from.</summary>
    public IReadOnlyList<string> Assemblies => _assemblies;

    /// <summary>
    /// Reads engines as the command line gives them: <c>pow,pos:timeout=1s:pause=200ms,./MyBft.dll</c>.
    /// </summary>
    /// <exception cref="UsageException">One is not known, or an assembly holds none.</exception>
    public IReadOnlyList<EngineChoice> Read(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SelectMany(ReadOne)];

    /// <summary>Loads the engines of an assembly.</summary>
    /// <exception cref="UsageException">It holds none, or does not load.</exception>
    public IReadOnlyList<string> Load(string path)
    {
        string full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new UsageException(FaultCode.EngineAssembly, $"there is no file {path}", "an assembly with a public class that implements ILaboratoryEngine");
        }

        ILaboratoryEngine[] found;
        try
        {
            found =
            [
                .. Assembly.LoadFrom(full).GetExportedTypes()
                    .Where(static type => type.IsClass && !type.IsAbstract && typeof(ILaboratoryEngine).IsAssignableFrom(type) && type.GetConstructor([]) is not null)
                    .Select(static type => (ILaboratoryEngine)Activator.CreateInstance(type)!),
            ];
        }
        catch (Exception wrong) when (wrong is BadImageFormatException or FileLoadException or FileNotFoundException or TypeLoadException or TargetInvocationException)
        {
            throw new UsageException(FaultCode.EngineAssembly, $"{path} does not load: {wrong.Message}", "a .NET assembly built against this version of Chain.Core.Simulation");
        }

        if (found.Length == 0)
        {
            throw new UsageException(FaultCode.EngineAssembly, $"{path} holds no engine", "a public class that implements ILaboratoryEngine and has a constructor without parameters");
        }

        _assemblies.Add(full);
        Array.ForEach(found, Put);
        return [.. found.Select(static engine => engine.Name)];
    }

    /// <summary>Checks that every engine of a scenario is known and takes the options given.</summary>
    /// <exception cref="UsageException">One is not, or does not.</exception>
    public void Check(IEnumerable<EngineChoice> choices)
    {
        foreach (EngineChoice choice in choices)
        {
            ILaboratoryEngine engine = Find(choice.Name);
            foreach (string option in choice.Options.Keys.Where(option => engine.Options.All(known => known.Name != option)))
            {
                string? near = Nearest.To(option, engine.Options.Select(static known => known.Name));
                throw new UsageException(
                    FaultCode.Engine,
                    $"--engines: {choice.Name} has no option '{option}'",
                    $"one of {string.Join(", ", engine.Options.Select(static known => known.Name))}",
                    near is null ? null : $"did you mean {near}?");
            }
        }
    }

    private void Put(ILaboratoryEngine engine) => _engines[engine.Name] = engine;

    private IEnumerable<EngineChoice> ReadOne(string text)
    {
        string[] parts = text.Split(':');
        int options = Array.FindIndex(parts, static part => part.Contains('=', StringComparison.Ordinal));
        string name = string.Join(':', options < 0 ? parts : parts[..options]);
        var given = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in options < 0 ? [] : parts[options..])
        {
            string[] pair = part.Split('=', 2);
            if (pair.Length != 2)
            {
                throw new UsageException(FaultCode.Engine, $"--engines: '{part}' is no option of an engine", "name=value, several of them with ':' between");
            }

            given[pair[0]] = pair[1];
        }

        bool isAssembly = name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        IEnumerable<string> names = isAssembly ? Load(name) : [Find(name).Name];
        return names.Select(each => new EngineChoice(each) { Options = given });
    }

    private ILaboratoryEngine Find(string name)
    {
        if (_engines.TryGetValue(name, out ILaboratoryEngine? engine))
        {
            return engine;
        }

        string? near = Nearest.To(name, _engines.Keys);
        throw new UsageException(
            FaultCode.Engine,
            $"--engines: there is no engine '{name}'",
            $"{string.Join(", ", _engines.Keys)}, or the path of an assembly",
            near is null ? null : $"did you mean {near}?");
    }
}
