using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Chain.Core.App.Configuration;

/// <summary>Whether the node makes blocks or votes, and with which key.</summary>
internal sealed class ProducerSection
{
    [Description("auto: with proof of stake where the key is there, with the dev engine always, with proof of work never; on; off.")]
    public ProducerMode Mode { get; init; } = ProducerMode.Auto;

    [Description("The name of the key that votes, in the folder keys; only with proof of stake.")]
    [RegularExpression("[a-zA-Z0-9_-]{1,64}", ErrorMessage = "1 to 64 letters, digits, - or _")]
    public string Key { get; init; } = "validator";

    [Description("A file, mode 0600, whose first line opens the key; empty to be asked.")]
    public string PassphraseFile { get; init; } = "";

    [Description("How many searches for seals run side by side; only with proof of work.")]
    [Range(1, 1024, ErrorMessage = "1 to 1024")]
    public int SearchLanes { get; init; } = 1;
}
