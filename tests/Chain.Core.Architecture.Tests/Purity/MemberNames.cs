using System.Reflection.Metadata;

namespace Chain.Core.Architecture.Tests.Purity;

/// <summary>Full names of methods and of the types that own referenced members.</summary>
internal static class MemberNames
{
    public static string Of(MetadataReader reader, EntityHandle handle)
    {
        if (handle.Kind == HandleKind.MethodDefinition)
        {
            MethodDefinition method = reader.GetMethodDefinition((MethodDefinitionHandle)handle);
            return $"{TypeNames.Of(reader, method.GetDeclaringType())}.{reader.GetString(method.Name)}";
        }

        var reference = (MemberReferenceHandle)handle;
        return $"{Parent(reader, reference).Name}::{reader.GetString(reader.GetMemberReference(reference).Name)}";
    }

    /// <summary>The type that a member belongs to; nameless where that is no type.</summary>
    public static SignatureType Parent(MetadataReader reader, MemberReferenceHandle handle)
    {
        EntityHandle parent = reader.GetMemberReference(handle).Parent;
        return parent.Kind switch
        {
            HandleKind.TypeReference => SignatureReader.Instance.GetTypeFromReference(reader, (TypeReferenceHandle)parent, 0),
            HandleKind.TypeSpecification =>
                SignatureReader.Instance.GetTypeFromSpecification(reader, null, (TypeSpecificationHandle)parent, 0),
            _ => new SignatureType("", false, false),
        };
    }
}
