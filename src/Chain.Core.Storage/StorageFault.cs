namespace Chain.Core.Storage;

/// <summary>What kind of thing went wrong, so that a host can give each its own code and advice.</summary>
public enum StorageFault
{
    /// <summary>The disk or the operating system failed.</summary>
    Io = 0,

    /// <summary>No room is left on the disk, in a quota or in the table of open files.</summary>
    Full,

    /// <summary>The process may not read or write here.</summary>
    AccessDenied,

    /// <summary>Another process, or this one, has the store open.</summary>
    InUse,

    /// <summary>There is no store at this place.</summary>
    Missing,

    /// <summary>The data fails its checksums or contradicts itself.</summary>
    Corrupt,

    /// <summary>The data belongs to another chain, network or engine, or to another program.</summary>
    ForeignData,

    /// <summary>The data was written by a newer version of this software.</summary>
    NewerData,

    /// <summary>The data was written by an older version of this software, in a layout that this one does not read.</summary>
    OlderData,
}
