namespace Chain.Core.Analyzers.Tests.Harness;

/// <summary>Modules to analyse, around the lines that a test is about.</summary>
internal static class Subject
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Globalization;
        using System.IO;
        using System.Linq;
        using System.Numerics;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        using Chain.Core.Ledger;
        using Chain.Core.Wire;

        """;

    /// <summary>A module whose call does this; <paramref name="members"/> stand in the module.</summary>
    public static string Call(string statements, string members = "") => Usings + $$"""
        public sealed class SubjectModule : Module
        {
            private readonly ModuleMethod<ulong> _call;

            public SubjectModule()
                : base("subject")
            {
                _call = Method("call", Codecs.U64, OnCall);
            }

            private CallResult OnCall(CallContext context, ulong argument)
            {
                {{statements}}
                return CallResult.Success;
            }

            {{members}}
        }
        """;

    /// <summary>A module whose call does this, with types beside it.</summary>
    public static string CallWith(string statements, string types) => Call(statements) + "\n" + types;

    /// <summary>Code with the usings of a module file.</summary>
    public static string File(string types) => Usings + types;
}
