namespace Chain.Core.Simulation;

/// <summary>What a <see cref="Heap{T}"/> keeps in order.</summary>
internal interface IHeapEntry<T>
    where T : struct
{
    /// <summary>Whether this comes out before another one. No two are equal, or it does not matter which of them is first.</summary>
    bool IsBefore(in T other);
}
