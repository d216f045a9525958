using Microsoft.Extensions.Options;

namespace Chain.Core.App.Configuration;

/// <summary>Holds settings to the ranges that their properties state.</summary>
[OptionsValidator]
internal sealed partial class NodeSettingsValidator : IValidateOptions<NodeSettings>;
