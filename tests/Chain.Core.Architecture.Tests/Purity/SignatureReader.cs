using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Chain.Core.Architecture.Tests.Purity;

/// <summary>Names the types in signatures; a generic type is named by its definition.</summary>
internal sealed class SignatureReader : ISignatureTypeProvider<SignatureType, object?>
{
    public static SignatureReader Instance { get; } = new();

    public SignatureType GetPrimitiveType(PrimitiveTypeCode typeCode) =>
        new("System." + typeCode, true, typeCode is PrimitiveTypeCode.Single or PrimitiveTypeCode.Double);

    public SignatureType GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        new(TypeNames.Of(reader, handle), false, false);

    public SignatureType GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        new(TypeNames.Of(reader, handle), TypeNames.IsExternal(reader, handle), false);

    public SignatureType GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public SignatureType GetGenericInstantiation(SignatureType genericType, ImmutableArray<SignatureType> typeArguments) =>
        genericType with { IsFloating = typeArguments.Any(argument => argument.IsFloating) };

    public SignatureType GetSZArrayType(SignatureType elementType) => Composed(elementType, "[]");

    public SignatureType GetArrayType(SignatureType elementType, ArrayShape shape) => Composed(elementType, "[,]");

    public SignatureType GetByReferenceType(SignatureType elementType) => elementType;

    public SignatureType GetPointerType(SignatureType elementType) => Composed(elementType, "*");

    public SignatureType GetPinnedType(SignatureType elementType) => elementType;

    public SignatureType GetModifiedType(SignatureType modifier, SignatureType unmodifiedType, bool isRequired) => unmodifiedType;

    public SignatureType GetFunctionPointerType(MethodSignature<SignatureType> signature) =>
        new("method*", false, signature.ReturnType.IsFloating || signature.ParameterTypes.Any(type => type.IsFloating));

    public SignatureType GetGenericMethodParameter(object? genericContext, int index) => new("!!" + index, false, false);

    public SignatureType GetGenericTypeParameter(object? genericContext, int index) => new("!" + index, false, false);

    private static SignatureType Composed(SignatureType element, string suffix) =>
        new(element.Name + suffix, false, element.IsFloating);
}
