using Chain.Core.Fuzz;

if (!FuzzOptions.TryParse(args, out FuzzOptions? options))
{
    Console.Error.WriteLine(FuzzOptions.Usage);
    return 2;
}

if (options.IsList)
{
    Console.WriteLine(string.Join(Environment.NewLine, TargetCatalog.Names));
    return 0;
}

if (TargetCatalog.Select(options.Targets) is not { Count: > 0 } names)
{
    Console.Error.WriteLine("There is no such target; --list names them.");
    return 2;
}

return options switch
{
    { Replayed: { } file } => Replay.Run(names[0], file),
    { IsWorker: true } => Worker.Run(names[0], options),
    _ => Campaign.Run(names, options),
};
