using System.CommandLine;

namespace Chain.Core.App.Transactions;

/// <summary><c>tx call</c>: signs a call of any module here, hands it in and waits for its block.</summary>
internal static class CallVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("call", "Signs a call of a module in this process, as the node's chain declares it, hands it in and waits until a block has it.");
        var call = new Argument<string>("call") { Description = "MODULE.METHOD, such as token.transfer; 'tx calls' lists them" };
        var arguments = new Argument<string[]>("arguments") { Description = "name=value each", Arity = ArgumentArity.ZeroOrMore };
        var submission = new Submission(scope);
        command.Arguments.Add(call);
        command.Arguments.Add(arguments);
        submission.AddTo(command);
        command.SetAction((parsed, cancelled) => submission.RunAsync(
            parsed,
            async client => new CallMaker(await client.GetModulesAsync(cancelled).ConfigureAwait(false), text => Accounts.Find(scope, parsed, text))
                .Make(parsed.GetValue(call)!, parsed.GetValue(arguments) ?? []),
            cancelled));
        return command;
    }
}
