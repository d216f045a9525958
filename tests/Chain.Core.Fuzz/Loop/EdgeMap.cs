using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SharpFuzz.Common;

namespace Chain.Core.Fuzz;

/// <summary>
/// Counts of the edges that an input took, 64 kB that the instrumented code writes, and what all inputs so far have
/// seen. As in AFL, an edge is new at its first time and again where its count reaches another power of two.
/// </summary>
internal sealed unsafe class EdgeMap
{
    private const int Size = 1 << 16;

    private readonly byte* _counts;
    private readonly byte[] _seen = new byte[Size];

    public EdgeMap()
    {
        _counts = (byte*)NativeMemory.AlignedAlloc(Size, 64);
        new Span<byte>(_counts, Size).Clear();
        Trace.SharedMem = _counts;
    }

    /// <summary>How many different edges were ever taken.</summary>
    public int Edges { get; private set; }

    public void Start()
    {
        new Span<byte>(_counts, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether the last input did something that none before had done.</summary>
    public bool TakeNew()
    {
        bool isNew = false;
        for (int block = 0; block < Size; block += Vector256<byte>.Count)
        {
            if (Vector256.Load(_counts + block) != Vector256<byte>.Zero)
            {
                isNew |= TakeBlock(block);
            }
        }

        return isNew;
    }

    private bool TakeBlock(int start)
    {
        bool isNew = false;
        for (int i = start; i < start + Vector256<byte>.Count; i++)
        {
            int bucket = BucketOf(_counts[i]);
            if ((_seen[i] & bucket) != bucket)
            {
                Edges += _seen[i] == 0 ? 1 : 0;
                _seen[i] |= (byte)bucket;
                isNew = true;
            }
        }

        return isNew;
    }

    private static int BucketOf(byte count) => count switch
    {
        0 => 0,
        1 => 1,
        2 => 2,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };
}
