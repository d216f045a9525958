using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace Chain.Core.Architecture.Tests.Purity;

/// <summary>
/// Finds hash collections that a method hands to a parameter of a sequence type: LINQ, the constructor of a list.
/// Values are followed over the evaluation stack from where they are loaded; a jump ends what is known.
/// </summary>
internal sealed class HashHandover
{
    private static readonly HashSet<string> Sequences =
    [
        "System.Collections.IEnumerable",
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

    private readonly MetadataReader _reader;
    private readonly string[] _arguments;
    private readonly string[] _locals;
    private readonly Stack<string> _types = new();

    private HashHandover(MetadataReader reader, MethodDefinition method, MethodBodyBlock body)
    {
        _reader = reader;
        MethodSignature<SignatureType> signature = method.DecodeSignature(SignatureReader.Instance, null);
        string[] self = signature.Header.IsInstance ? ["this"] : [];
        _arguments = [.. self, .. signature.ParameterTypes.Select(type => type.Name)];
        _locals = body.LocalSignature.IsNil
            ? []
            : [.. reader.GetStandaloneSignature(body.LocalSignature)
                .DecodeLocalSignature(SignatureReader.Instance, null).Select(type => type.Name)];
    }

    /// <summary>The members that take a hash collection as a sequence.</summary>
    public static IReadOnlyList<string> Find(
        MetadataReader reader, MethodDefinition method, MethodBodyBlock body, IReadOnlyList<Instruction> instructions)
    {
        var handover = new HashHandover(reader, method, body);
        return [.. instructions.Select(handover.Step).OfType<string>()];
    }

    /// <summary>Carries the types on the stack past one instruction; answers with the taker of a hash collection.</summary>
    private string? Step(Instruction instruction)
    {
        OpCode operation = instruction.Operation;
        if (operation.FlowControl == FlowControl.Call && Called(instruction.Operand) is { } signature)
        {
            return Call(instruction, signature);
        }

        if (operation == OpCodes.Dup)
        {
            _types.Push(_types.TryPeek(out string? top) ? top : "");
            return null;
        }

        Pop(PopCount(operation.StackBehaviourPop));
        for (int i = 0; i < PushCount(operation.StackBehaviourPush); i++)
        {
            _types.Push(Loaded(instruction));
        }

        if (operation.FlowControl is FlowControl.Branch or FlowControl.Return or FlowControl.Throw)
        {
            _types.Clear();
        }

        return null;
    }

    private string? Call(Instruction instruction, MethodSignature<SignatureType> signature)
    {
        bool takes = false;
        foreach (SignatureType parameter in signature.ParameterTypes.Reverse())
        {
            string given = _types.TryPop(out string? top) ? top : "";
            takes |= Sequences.Contains(parameter.Name) && HashCollections.Contain(given);
        }

        bool makes = instruction.Operation == OpCodes.Newobj;
        Pop(signature.Header.IsInstance && !makes ? 1 : 0);
        string owner = instruction.Operand.Kind == HandleKind.MemberReference
            ? MemberNames.Parent(_reader, (MemberReferenceHandle)instruction.Operand).Name
            : "";
        if (makes || signature.ReturnType.Name != "System.Void")
        {
            _types.Push(makes ? owner : signature.ReturnType.Name);
        }

        return takes && !HashCollections.Contain(owner) && !SortedCollections.Contains(owner)
            ? MemberNames.Of(_reader, instruction.Operand)
            : null;
    }

    private string Loaded(Instruction instruction)
    {
        if (instruction.Operand.Kind == HandleKind.FieldDefinition)
        {
            return _reader.GetFieldDefinition((FieldDefinitionHandle)instruction.Operand)
                .DecodeSignature(SignatureReader.Instance, null).Name;
        }

        string[] variables = instruction.Operation.Name!.StartsWith("ldarg", StringComparison.Ordinal) ? _arguments
            : instruction.Operation.Name.StartsWith("ldloc", StringComparison.Ordinal) ? _locals
            : [];
        return instruction.Variable >= 0 && instruction.Variable < variables.Length ? variables[instruction.Variable] : "";
    }

    private void Pop(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _types.TryPop(out _);
        }
    }

    private MethodSignature<SignatureType>? Called(EntityHandle operand)
    {
        switch (operand.Kind)
        {
            case HandleKind.MethodDefinition:
                return _reader.GetMethodDefinition((MethodDefinitionHandle)operand).DecodeSignature(SignatureReader.Instance, null);
            case HandleKind.MemberReference:
                return _reader.GetMemberReference((MemberReferenceHandle)operand)
                    .DecodeMethodSignature(SignatureReader.Instance, null);
            default:
                return null;
        }
    }

    /// <summary>The names of the behaviours list what is taken, joined by underscores: <c>Popref_popi_popi</c>.</summary>
    private static int PopCount(StackBehaviour behaviour) =>
        behaviour is StackBehaviour.Pop0 or StackBehaviour.Varpop ? 0 : behaviour.ToString().Split('_').Length;

    private static int PushCount(StackBehaviour behaviour) =>
        behaviour is StackBehaviour.Push0 or StackBehaviour.Varpush ? 0 : behaviour.ToString().Split('_').Length;
}
