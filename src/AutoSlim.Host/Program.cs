using AutoSlim.Host.Commands;
using AutoSlim.Host.Jobs;

ParentProcess.EndWithIt();
return await CommandRunner.RunAsync(args, Console.Out, Console.Error);
