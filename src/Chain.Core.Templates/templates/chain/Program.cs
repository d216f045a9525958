using New_Chain;

return args switch
{
    ["dev"] => await DevNode.RunAsync(),
    ["send", string from, string to, string amount]
        when DevWallet.Find(from) is { } payer && DevWallet.Find(to) is { } payee && ulong.TryParse(amount, out ulong coins) =>
        await DevNode.SendAsync(payer, payee, coins),
    _ => Explain(),
};

static int Explain()
{
    Console.Error.WriteLine("usage: dev                       a node with funded accounts, until Ctrl+C");
    Console.Error.WriteLine("       send <from> <to> <coins>  a transfer on the chain of that node, e.g. send alice bob 5");
    return 78;
}
