namespace Chain.Core.App.Configuration;

/// <summary>A change of the file reaches a running node; every other key needs a restart.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesEffectAtOnceAttribute : Attribute;
