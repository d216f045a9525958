using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Chain.Core.Analyzers;

/// <summary>Looks for one way to be different on every node. Serves all threads.</summary>
internal interface IDetector
{
    /// <summary>The operations to look at.</summary>
    ImmutableArray<OperationKind> Kinds { get; }

    /// <summary>What is wrong with the operation, or null. The code around it may not compile.</summary>
    /// <param name="operation">Of one of the <see cref="Kinds"/>.</param>
    /// <param name="owner">The method, field or property that it is in.</param>
    /// <param name="modules">The modules of the compilation.</param>
    Finding? Find(IOperation operation, ISymbol owner, ModuleTypes modules);
}
