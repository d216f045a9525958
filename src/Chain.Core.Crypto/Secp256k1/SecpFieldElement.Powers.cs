namespace Chain.Core.Crypto;

/// <content>Inverse and square root.</content>
internal readonly partial struct SecpFieldElement
{
    /// <summary>1 / this modulo p; 0 for 0. Takes magnitudes of up to 32.</summary>
    public SecpFieldElement Invert()
    {
        SecpFieldElement r = Reduce();
        Span<ulong> words = [r.L0 | (r.L1 << 52), (r.L1 >> 12) | (r.L2 << 40), (r.L2 >> 24) | (r.L3 << 28), (r.L3 >> 36) | (r.L4 << 16)];
        ModularInverse.OfSecpField.Invert(words);
        return FromWords(words[0], words[1], words[2], words[3]);
    }

    /// <summary>A root of this where there is one: this^((p + 1) / 4), since p ≡ 3 mod 4. The sign is unspecified.</summary>
    public bool TrySquareRoot(out SecpFieldElement root)
    {
        // The exponent is 223 ones, a zero, 22 ones, four zeros, two ones, two zeros. toN = this^(2ᴺ − 1).
        SecpFieldElement to2 = Square() * this;
        SecpFieldElement to3 = to2.Square() * this;
        SecpFieldElement to6 = to3.SquareTimes(3) * to3;
        SecpFieldElement to9 = to6.SquareTimes(3) * to3;
        SecpFieldElement to11 = to9.SquareTimes(2) * to2;
        SecpFieldElement to22 = to11.SquareTimes(11) * to11;
        SecpFieldElement to44 = to22.SquareTimes(22) * to22;
        SecpFieldElement to88 = to44.SquareTimes(44) * to44;
        SecpFieldElement to176 = to88.SquareTimes(88) * to88;
        SecpFieldElement to220 = to176.SquareTimes(44) * to44;
        SecpFieldElement to223 = to220.SquareTimes(3) * to3;
        root = ((to223.SquareTimes(23) * to22).SquareTimes(6) * to2).SquareTimes(2);
        return root.Square().IsSame(this);
    }
}
