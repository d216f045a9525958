namespace Chain.Core.App.Configuration;

/// <summary>How lines of the log look.</summary>
internal enum LogFormat
{
    /// <summary>One line of text each.</summary>
    Text,

    /// <summary>One object of JSON each.</summary>
    Json,
}
