namespace Chain.Core.Machines;

/// <summary>What a <see cref="Job"/> found. Each kind of job has its own.</summary>
public abstract record JobResult;
