namespace Chain.Core.Wire;

/// <summary>The format bytes of the MessagePack specification that the canonical subset uses.</summary>
internal static class MessagePackCode
{
    internal const byte MaxFixInt = 0x7f;
    internal const byte MinFixArray = 0x90;
    internal const byte MaxFixArray = 0x9f;
    internal const byte MinFixStr = 0xa0;
    internal const byte MaxFixStr = 0xbf;
    internal const byte False = 0xc2;
    internal const byte True = 0xc3;
    internal const byte Bin8 = 0xc4;
    internal const byte Bin16 = 0xc5;
    internal const byte Bin32 = 0xc6;
    internal const byte UInt8 = 0xcc;
    internal const byte UInt16 = 0xcd;
    internal const byte UInt32 = 0xce;
    internal const byte UInt64 = 0xcf;
    internal const byte Str8 = 0xd9;
    internal const byte Str16 = 0xda;
    internal const byte Str32 = 0xdb;
    internal const byte Array16 = 0xdc;
    internal const byte Array32 = 0xdd;
}
