using AutoSlim.Benchmarks;
using AutoSlim.Host.Commands;

return await CommandRunner.RunAsync(BenchmarkCommand.Create(), args, Console.Out, Console.Error);
