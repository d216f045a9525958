using WalletSample;

return await WalletProgram.RunAsync(args, Console.In, Console.Out, Console.Error);
