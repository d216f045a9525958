using System.Reflection;
using System.Runtime.CompilerServices;

namespace Chain.Core.Testing;

/// <summary>
/// What objects keep alive: everything that can be reached from them, counted by type. Unlike the heap of the process, it is the
/// same in each run, whatever else runs beside it, and it can leave parts out.
/// </summary>
/// <param name="leftOut">Objects of these types, and what only they keep, are not counted.</param>
public sealed class ReachableMemory(params Type[] leftOut)
{
    private const int HeaderBytes = 16;

    private static readonly Dictionary<Type, int> Sizes = [];
    private static readonly Dictionary<Type, FieldInfo[]> References = [];

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<object> _open = new();
    private readonly Dictionary<Type, (long Objects, long Bytes)> _byType = [];

    /// <summary>All bytes; about what the runtime takes for them.</summary>
    public long Bytes => _byType.Values.Sum(static each => each.Bytes);

    /// <summary>How many objects of a type there are, and their bytes.</summary>
    public IReadOnlyDictionary<Type, (long Objects, long Bytes)> ByType => _byType;

    /// <summary>Adds all that an object keeps alive and that was not added before.</summary>
    public ReachableMemory Add(object root)
    {
        Open(root);
        while (_open.TryPop(out object? next))
        {
            Count(next);
        }

        return this;
    }

    /// <summary>The types that grew most since an earlier measurement, in words.</summary>
    public string GrowthSince(ReachableMemory earlier, int types = 12) => string.Join('\n', _byType
        .Select(each => (each.Key, Now: each.Value, Before: earlier._byType.GetValueOrDefault(each.Key)))
        .OrderByDescending(static each => each.Now.Bytes - each.Before.Bytes)
        .Take(types)
        .Select(static each => $"{each.Now.Bytes - each.Before.Bytes,12:N0} bytes, {each.Now.Objects - each.Before.Objects,9:N0} objects of {each.Key}"));

    private void Open(object? value)
    {
        if (value is null or Type or MemberInfo or Pointer || leftOut.Any(type => type.IsInstanceOfType(value)))
        {
            return;
        }

        if (_seen.Add(value))
        {
            _open.Push(value);
        }
    }

    private void Count(object value)
    {
        Type type = value.GetType();
        long bytes = HeaderBytes;
        if (value is string text)
        {
            bytes += sizeof(char) * (long)text.Length;
        }
        else if (value is Array array)
        {
            Type element = type.GetElementType()!;
            bytes += array.LongLength * SizeOf(element);
            if (HasReferences(element))
            {
                foreach (object? each in array)
                {
                    OpenValue(each, element);
                }
            }
        }
        else
        {
            for (Type? part = type; part is not null && part != typeof(object); part = part.BaseType)
            {
                bytes += part.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Sum(static field => SizeOf(field.FieldType));
            }

            OpenFields(value, type);
        }

        (long objects, long before) = _byType.GetValueOrDefault(type);
        _byType[type] = (objects + 1, before + bytes);
    }

    private void OpenFields(object value, Type type)
    {
        foreach (FieldInfo field in ReferencesOf(type))
        {
            OpenValue(field.GetValue(value), field.FieldType);
        }
    }

    /// <summary>A value within another object is no object of its own; what it refers to is.</summary>
    private void OpenValue(object? value, Type declared)
    {
        if (!declared.IsValueType)
        {
            Open(value);
        }
        else if (value is not null)
        {
            OpenFields(value, value.GetType());
        }
    }

    /// <summary>The fields of a type and its bases that hold references, themselves or within values.</summary>
    private static FieldInfo[] ReferencesOf(Type type)
    {
        lock (References)
        {
            if (!References.TryGetValue(type, out FieldInfo[]? found))
            {
                var fields = new List<FieldInfo>();
                for (Type? part = type; part is not null && part != typeof(object); part = part.BaseType)
                {
                    fields.AddRange(part.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                        .Where(static field => HasReferences(field.FieldType)));
                }

                found = [.. fields];
                References.Add(type, found);
            }

            return found;
        }
    }

    private static bool HasReferences(Type type) => type switch
    {
        { IsPointer: true } or { IsByRef: true } or { IsByRefLike: true } or { IsPrimitive: true } or { IsEnum: true } => false,
        { IsValueType: false } => true,
        _ => ReferencesOf(type).Length > 0,
    };

    private static int SizeOf(Type type)
    {
        if (!type.IsValueType)
        {
            return IntPtr.Size;
        }

        lock (Sizes)
        {
            if (!Sizes.TryGetValue(type, out int size))
            {
                size = (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
                Sizes.Add(type, size);
            }

            return size;
        }
    }
}
