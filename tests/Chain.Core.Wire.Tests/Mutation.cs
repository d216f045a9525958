namespace Chain.Core.Wire.Tests;

/// <summary>Small damage to an encoding, of the kinds that find a reader too generous.</summary>
internal static class Mutation
{
    /// <summary>Spells the heads of values that a longer form exists for.</summary>
    private static readonly Dictionary<byte, byte[]> Longer = new()
    {
        [0x01] = [0xcc, 0x01],
        [0x90] = [0xdc, 0x00, 0x00],
        [0x91] = [0xdc, 0x00, 0x01],
        [0x92] = [0xdd, 0x00, 0x00, 0x00, 0x02],
        [0xa0] = [0xd9, 0x00],
        [0xc4] = [0xc5, 0x00],
        [0xc5] = [0xc6, 0x00, 0x00],
        [0xcc] = [0xcd, 0x00],
        [0xcd] = [0xce, 0x00, 0x00],
        [0xce] = [0xcf, 0x00, 0x00, 0x00, 0x00],
        [0xd9] = [0xda, 0x00],
        [0xdc] = [0xdd, 0x00, 0x00],
    };

    internal static byte[] Of(byte[] encoding, Random random)
    {
        byte[] mutant = encoding;
        for (int i = random.Next(3); i >= 0; i--)
        {
            mutant = Once(mutant, random);
        }

        return mutant;
    }

    private static byte[] Once(byte[] bytes, Random random)
    {
        if (bytes.Length == 0)
        {
            return [(byte)random.Next(256)];
        }

        int at = random.Next(bytes.Length);
        byte[] copy = [.. bytes];
        switch (random.Next(6))
        {
            case 0:
                copy[at] ^= (byte)(1 << random.Next(8));
                return copy;
            case 1:
                copy[at] = (byte)random.Next(256);
                return copy;
            case 2:
                return [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]];
            case 3:
                return [.. bytes[..at], .. bytes[(at + 1)..]];
            case 4:
                (copy[at], copy[random.Next(bytes.Length)]) = (copy[random.Next(bytes.Length)], copy[at]);
                return copy;
            default:
                return Longer.TryGetValue(bytes[at], out byte[]? head) ? [.. bytes[..at], .. head, .. bytes[(at + 1)..]] : copy;
        }
    }
}
