using System.Reflection.Metadata;

namespace Chain.Core.Architecture.Tests.Purity;

/// <summary>
/// Finds methods that hold a hash collection and also call something that takes an <c>IEnumerable</c>: LINQ, the
/// constructor of a list. Which value is handed over is not followed, so a harmless method may be found.
/// </summary>
internal static class HashHandover
{
    private static readonly HashSet<string> Sequences =
    [
        "System.Collections.Generic.IEnumerable",
        "System.Collections.Generic.ICollection",
        "System.Collections.Generic.IReadOnlyCollection",
    ];

    private static readonly HashSet<string> SortedCollections =
    [
        "System.Collections.Generic.SortedDictionary",
        "System.Collections.Generic.SortedSet",
        "System.Collections.Immutable.ImmutableSortedDictionary",
        "System.Collections.Immutable.ImmutableSortedSet",
    ];

    /// <summary>What takes the sequence, or null where the method does not do both.</summary>
    public static string? Find(
        MetadataReader reader, MethodDefinition method, MethodBodyBlock body, IReadOnlyList<Instruction> instructions)
    {
        string? taker = instructions.Select(instruction => TakerOfSequence(reader, instruction.Operand)).FirstOrDefault(name => name is not null);
        return taker is not null && Held(reader, method, body, instructions).Any(HashCollections.Contain) ? taker : null;
    }

    private static IEnumerable<string> Held(
        MetadataReader reader, MethodDefinition method, MethodBodyBlock body, IReadOnlyList<Instruction> instructions)
    {
        IEnumerable<SignatureType> locals = body.LocalSignature.IsNil
            ? []
            : reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(SignatureReader.Instance, null);
        IEnumerable<SignatureType> values = instructions
            .Where((_, i) => i + 1 == instructions.Count || !IsQuestion(reader, instructions[i + 1].Operand))
            .Select(instruction => Result(reader, instruction.Operand));
        return method.DecodeSignature(SignatureReader.Instance, null).ParameterTypes
            .Concat(locals)
            .Concat(values)
            .Select(type => type.Name)
            .OfType<string>();
    }

    /// <summary>Whether the next instruction only asks the collection just loaded, as <c>Count</c> does.</summary>
    private static bool IsQuestion(MetadataReader reader, EntityHandle operand) =>
        operand.Kind == HandleKind.MemberReference
        && HashCollections.Contain(MemberNames.Parent(reader, (MemberReferenceHandle)operand).Name)
        && Called(reader, operand) is { ParameterTypes.IsEmpty: true };

    /// <summary>The type of the field that is loaded, or of what the call returns.</summary>
    private static SignatureType Result(MetadataReader reader, EntityHandle operand)
    {
        if (operand.Kind == HandleKind.FieldDefinition)
        {
            return reader.GetFieldDefinition((FieldDefinitionHandle)operand).DecodeSignature(SignatureReader.Instance, null);
        }

        return Called(reader, operand) is { } signature ? signature.ReturnType : default;
    }

    private static string? TakerOfSequence(MetadataReader reader, EntityHandle operand)
    {
        if (Called(reader, operand) is not { } signature || !signature.ParameterTypes.Any(type => Sequences.Contains(type.Name)))
        {
            return null;
        }

        string owner = operand.Kind == HandleKind.MemberReference ? MemberNames.Parent(reader, (MemberReferenceHandle)operand).Name : "";
        return HashCollections.Contain(owner) || SortedCollections.Contains(owner) ? null : MemberNames.Of(reader, operand);
    }

    private static MethodSignature<SignatureType>? Called(MetadataReader reader, EntityHandle operand)
    {
        switch (operand.Kind)
        {
            case HandleKind.MethodDefinition:
                return reader.GetMethodDefinition((MethodDefinitionHandle)operand).DecodeSignature(SignatureReader.Instance, null);
            case HandleKind.MemberReference:
                MemberReference member = reader.GetMemberReference((MemberReferenceHandle)operand);
                return member.GetKind() == MemberReferenceKind.Method
                    ? member.DecodeMethodSignature(SignatureReader.Instance, null)
                    : null;
            default:
                return null;
        }
    }
}
