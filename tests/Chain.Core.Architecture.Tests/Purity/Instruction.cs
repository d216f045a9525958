using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace Chain.Core.Architecture.Tests.Purity;

/// <summary>One IL instruction: its operation, and the handle or the number of the variable that it names, if any.</summary>
internal readonly record struct Instruction(OpCode Operation, EntityHandle Operand, int Variable)
{
    private static readonly Dictionary<short, OpCode> Operations = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(operation => operation.Value);

    /// <summary>Whether the instruction makes, loads or stores a floating-point number.</summary>
    public bool IsFloating => Operation.Name!.Contains(".r4", StringComparison.Ordinal)
        || Operation.Name.Contains(".r8", StringComparison.Ordinal)
        || Operation == OpCodes.Conv_R_Un
        || Operation == OpCodes.Ckfinite;

    /// <summary>The instructions of a method body, in order.</summary>
    public static IEnumerable<Instruction> Decode(MethodBodyBlock body)
    {
        BlobReader il = body.GetILReader();
        var instructions = new List<Instruction>();
        while (il.RemainingBytes > 0)
        {
            instructions.Add(Next(ref il));
        }

        return instructions;
    }

    private static Instruction Next(ref BlobReader il)
    {
        int code = il.ReadByte();
        code = code == 0xfe ? 0xfe00 | il.ReadByte() : code;
        OpCode operation = Operations[unchecked((short)code)];
        EntityHandle operand = default;
        int variable = -1;
        switch (operation.OperandType)
        {
            case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                operand = (EntityHandle)System.Reflection.Metadata.Ecma335.MetadataTokens.Handle(il.ReadInt32());
                break;
            case OperandType.InlineSwitch:
                int targets = il.ReadInt32();
                il.Offset += targets * sizeof(int);
                break;
            case OperandType.ShortInlineVar:
                variable = il.ReadByte();
                break;
            case OperandType.InlineVar:
                variable = il.ReadUInt16();
                break;
            case OperandType.InlineNone:
                // ldarg.0 to ldarg.3 and ldloc.0 to ldloc.3 carry the number in their names.
                variable = operation.Name!.StartsWith("ld", StringComparison.Ordinal) && char.IsAsciiDigit(operation.Name[^1])
                    ? operation.Name[^1] - '0'
                    : -1;
                break;
            default:
                il.Offset += SizeOf(operation.OperandType);
                break;
        }

        return new Instruction(operation, operand, variable);
    }

    private static int SizeOf(OperandType operand) => operand switch
    {
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI => 1,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}
