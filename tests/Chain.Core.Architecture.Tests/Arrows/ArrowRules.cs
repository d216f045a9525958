namespace Chain.Core.Architecture.Tests.Arrows;

/// <summary>An arrow points only downwards; each rule answers with its violations, one line each.</summary>
internal static class ArrowRules
{
    /// <summary>Everything wrong with what the project file references.</summary>
    public static IEnumerable<string> Violations(ProjectFile project)
    {
        if (!Placements.All.TryGetValue(project.Name, out Placement? placement))
        {
            return [$"{project.Name} has no level: place it in Placements.cs, with an ADR."];
        }

        return
        [
            .. Promises(project, placement),
            .. project.ProjectReferences.SelectMany(target => Violations(project.Name, target)),
            .. project.PackageReferences.Where(package => !placement.Packages.Contains(package))
                .Select(package => $"{project.Name} may not reference the package {package}."),
        ];
    }

    /// <summary>Everything wrong with an arrow from one project to another.</summary>
    public static IEnumerable<string> Violations(string from, string to)
    {
        Placement source = Placements.All[from];
        if (!Placements.All.TryGetValue(to, out Placement? target))
        {
            yield return $"{from} references {to}, which has no level.";
            yield break;
        }

        if (target.Level >= source.Level)
        {
            yield return $"{from} (level {source.Level}) references {to} (level {target.Level}): not downwards.";
        }

        if (source.IsPure && !target.IsPure)
        {
            yield return $"{from} is pure and references {to}, which is not.";
        }

        if (target.IsPlugIn && source.Level < Placements.FacesLevel)
        {
            yield return $"{from} references the plug-in {to}: only hosts, samples and tests do.";
        }
    }

    private static IEnumerable<string> Promises(ProjectFile project, Placement placement)
    {
        if (project.IsPure != placement.IsPure)
        {
            yield return $"{project.Name} must {(placement.IsPure ? "" : "not ")}set PureProtocol.";
        }

        if (project.HasImports)
        {
            yield return $"{project.Name} imports another file, where these rules do not look.";
        }
    }
}
