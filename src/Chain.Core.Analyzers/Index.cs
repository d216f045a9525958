namespace System;

/// <summary>What the compiler asks for where a pattern takes a list apart; netstandard2.0 has none.</summary>
/// <param name="value">How far from the start, or from the end.</param>
/// <param name="fromEnd">From which of them.</param>
internal readonly struct Index(int value, bool fromEnd = false)
{
    public int GetOffset(int length) => fromEnd ? length - value : value;
}
