using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Chain.Core.Architecture.Tests.Purity;

/// <summary>
/// What a compiled assembly takes from outside, read from its metadata tables: no call, field or type escapes
/// them. The IL only tells which method is to blame.
/// </summary>
internal sealed class AssemblyScan
{
    private const string SignaturesOnly = "(a signature or attribute)";

    private readonly MetadataReader _reader;
    private readonly Dictionary<EntityHandle, List<string>> _sites = [];
    private readonly List<string> _floatingMethods = [];
    private readonly List<string> _hashHandovers = [];
    private readonly List<ExternalUse> _calls = [];

    private AssemblyScan(PEReader image)
    {
        _reader = image.GetMetadataReader();
        Name = _reader.GetString(_reader.GetAssemblyDefinition().Name);
        IsPure = ReadIsPure();
        ReadBodies(image);
        Uses = ReadUses();
        StaticFields = [.. _reader.FieldDefinitions.Select(_reader.GetFieldDefinition).Where(IsStaticState).Select(Describe)];
        NativeMethods = [.. _reader.MethodDefinitions
            .Where(handle => (_reader.GetMethodDefinition(handle).Attributes & MethodAttributes.PinvokeImpl) != 0)
            .Select(handle => MemberNames.Of(_reader, handle))];
        OwnReferences = [.. _reader.AssemblyReferences
            .Select(handle => TypeNames.AssemblyName(_reader, handle))
            .Where(TypeNames.IsOurs)];
    }

    public string Name { get; }

    /// <summary>Whether the project set <c>PureProtocol</c>.</summary>
    public bool IsPure { get; }

    /// <summary>Every external type and member, once each.</summary>
    public IReadOnlyList<ExternalUse> Uses { get; }

    /// <summary>Every use of an external member in a method body, once for each method.</summary>
    public IReadOnlyList<ExternalUse> Calls => _calls;

    /// <summary>Static fields that are neither constants nor data of the image.</summary>
    public IReadOnlyList<StaticField> StaticFields { get; }

    /// <summary>Methods whose IL computes with floating point.</summary>
    public IReadOnlyList<string> FloatingMethods => _floatingMethods;

    /// <summary>Methods that hand a hash collection on as a sequence, as <c>method: taker</c>.</summary>
    public IReadOnlyList<string> HashHandovers => _hashHandovers;

    /// <summary>Methods implemented by a native library.</summary>
    public IReadOnlyList<string> NativeMethods { get; }

    /// <summary>The <c>Chain.Core</c> assemblies that this one was compiled against and uses.</summary>
    public IReadOnlyList<string> OwnReferences { get; }

    public static AssemblyScan Of(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        return new AssemblyScan(image);
    }

    private bool ReadIsPure() => _reader.GetAssemblyDefinition().GetCustomAttributes()
        .Select(_reader.GetCustomAttribute)
        .Where(attribute => attribute.Constructor.Kind == HandleKind.MemberReference
            && MemberNames.Parent(_reader, (MemberReferenceHandle)attribute.Constructor).Name == typeof(AssemblyMetadataAttribute).FullName)
        .Any(attribute =>
        {
            BlobReader value = _reader.GetBlobReader(attribute.Value);
            value.ReadUInt16();
            return value.ReadSerializedString() == "PureProtocol" && value.ReadSerializedString() == "true";
        });

    private void ReadBodies(PEReader image)
    {
        foreach (MethodDefinitionHandle handle in _reader.MethodDefinitions)
        {
            MethodDefinition method = _reader.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress != 0)
            {
                ReadBody(MemberNames.Of(_reader, handle), method, image.GetMethodBody(method.RelativeVirtualAddress));
            }
        }
    }

    private void ReadBody(string site, MethodDefinition method, MethodBodyBlock body)
    {
        List<Instruction> instructions =
            [.. Instruction.Decode(body).Select(instruction => instruction with { Operand = Definition(instruction.Operand) })];
        foreach (EntityHandle operand in instructions.Select(instruction => instruction.Operand).Distinct())
        {
            Note(operand, site);
        }

        if (instructions.Any(instruction => instruction.IsFloating))
        {
            _floatingMethods.Add(site);
        }

        _hashHandovers.AddRange(HashHandover.Find(_reader, method, body, instructions).Select(taker => $"{site}: {taker}"));
    }

    private void Note(EntityHandle operand, string site)
    {
        if (operand.IsNil)
        {
            return;
        }

        if (!_sites.TryGetValue(operand, out List<string>? sites))
        {
            _sites.Add(operand, sites = []);
        }

        sites.Add(site);
        if (operand.Kind == HandleKind.MemberReference && ReadMember((MemberReferenceHandle)operand, site) is { } call)
        {
            _calls.Add(call);
        }
    }

    /// <summary>A call of a generic method names an instantiation; the member is what counts.</summary>
    private EntityHandle Definition(EntityHandle operand) => operand.Kind == HandleKind.MethodSpecification
        ? _reader.GetMethodSpecification((MethodSpecificationHandle)operand).Method
        : operand;

    private List<ExternalUse> ReadUses()
    {
        IEnumerable<ExternalUse> types = _reader.TypeReferences
            .Where(handle => TypeNames.IsExternal(_reader, handle))
            .Select(handle => new ExternalUse(TypeNames.Of(_reader, handle), null, false, SiteOf(handle)));
        IEnumerable<ExternalUse> members = _reader.MemberReferences
            .Select(handle => ReadMember(handle, SiteOf(handle)))
            .OfType<ExternalUse>();
        return [.. members.Concat(types)];
    }

    private ExternalUse? ReadMember(MemberReferenceHandle handle, string site)
    {
        SignatureType parent = MemberNames.Parent(_reader, handle);
        MemberReference member = _reader.GetMemberReference(handle);
        return parent.IsExternal
            ? new ExternalUse(parent.Name, _reader.GetString(member.Name), parent.IsFloating || IsFloating(member), site)
            : null;
    }

    private static bool IsFloating(MemberReference member)
    {
        if (member.GetKind() == MemberReferenceKind.Field)
        {
            return member.DecodeFieldSignature(SignatureReader.Instance, null).IsFloating;
        }

        MethodSignature<SignatureType> signature = member.DecodeMethodSignature(SignatureReader.Instance, null);
        return signature.ReturnType.IsFloating || signature.ParameterTypes.Any(type => type.IsFloating);
    }

    private bool IsStaticState(FieldDefinition field) =>
        (field.Attributes & FieldAttributes.Static) != 0
        && (field.Attributes & (FieldAttributes.Literal | FieldAttributes.HasFieldRVA)) == 0
        && !IsLambdaCache(TypeNames.Of(_reader, field.GetDeclaringType()));

    /// <summary>The compiler keeps delegates of lambdas and method groups in statics of these types.</summary>
    private static bool IsLambdaCache(string type) =>
        type.EndsWith("+<>c", StringComparison.Ordinal)
        || type.EndsWith("+<>O", StringComparison.Ordinal)
        || type.Contains("+<>c__", StringComparison.Ordinal)
        || type.Contains("__O|", StringComparison.Ordinal);

    private StaticField Describe(FieldDefinition field) => new(
        $"{TypeNames.Of(_reader, field.GetDeclaringType())}.{_reader.GetString(field.Name)}",
        field.DecodeSignature(SignatureReader.Instance, null).Name,
        (field.Attributes & FieldAttributes.InitOnly) != 0);

    private string SiteOf(EntityHandle handle) =>
        _sites.TryGetValue(handle, out List<string>? sites) ? sites[0] : SignaturesOnly;
}
