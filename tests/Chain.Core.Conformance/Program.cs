using Chain.Core.Conformance;

if (!AdapterOptions.TryParse(args, out AdapterOptions? options, out string? reason))
{
    Console.Error.WriteLine(reason);
    return 2;
}

using Stream input = Console.OpenStandardInput();
using Stream output = Console.OpenStandardOutput();
new Adapter(options).Run(input, output);
return 0;
