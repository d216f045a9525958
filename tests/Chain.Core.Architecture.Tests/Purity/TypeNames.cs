using System.Reflection.Metadata;

namespace Chain.Core.Architecture.Tests.Purity;

/// <summary>Full names of types in metadata: no arity, nested types after a plus sign.</summary>
internal static class TypeNames
{
    private const string OwnPrefix = "Chain.Core";

    public static string Of(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        TypeDefinitionHandle outer = type.GetDeclaringType();
        string name = WithoutArity(reader.GetString(type.Name));
        return outer.IsNil ? Qualified(reader.GetString(type.Namespace), name) : $"{Of(reader, outer)}+{name}";
    }

    public static string Of(MetadataReader reader, TypeReferenceHandle handle)
    {
        TypeReference type = reader.GetTypeReference(handle);
        string name = WithoutArity(reader.GetString(type.Name));
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{Of(reader, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : Qualified(reader.GetString(type.Namespace), name);
    }

    /// <summary>Whether the type comes from an assembly that is not ours.</summary>
    public static bool IsExternal(MetadataReader reader, TypeReferenceHandle handle)
    {
        EntityHandle scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => IsExternal(reader, (TypeReferenceHandle)scope),
            HandleKind.AssemblyReference => !IsOurs(AssemblyName(reader, (AssemblyReferenceHandle)scope)),
            _ => false,
        };
    }

    public static bool IsOurs(string assembly) =>
        assembly == OwnPrefix || assembly.StartsWith(OwnPrefix + ".", StringComparison.Ordinal);

    public static string AssemblyName(MetadataReader reader, AssemblyReferenceHandle handle) =>
        reader.GetString(reader.GetAssemblyReference(handle).Name);

    private static string Qualified(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";

    private static string WithoutArity(string name)
    {
        int tick = name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? name : name[..tick];
    }
}
