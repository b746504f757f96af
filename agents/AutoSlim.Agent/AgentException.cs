namespace AutoSlim.Agent;

/// <summary>What trying again will not cure; the message is one line for the person who started the agent.</summary>
internal sealed class AgentException(string message) : Exception(message);
