using AutoSlim.Agent;

return await AgentCommand.RunAsync(args);
