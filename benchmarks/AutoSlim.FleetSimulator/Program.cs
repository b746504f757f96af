using AutoSlim.FleetSimulator;

return await SimulatorCommand.RunAsync(args);
