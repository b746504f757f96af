using AutoSlim.Agent;
using AutoSlim.Agent.Working;

return args is [WorkerCommand.Verb, .. var arguments] ? await WorkerCommand.RunAsync(arguments) : await AgentCommand.RunAsync(args);
