namespace Chain.Core.Machines;

/// <summary>Something that happened inside a machine. Each machine has a closed family of them.</summary>
public abstract record DomainEvent;
