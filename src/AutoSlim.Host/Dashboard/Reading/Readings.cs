using AutoSlim.Host.Commands;
using AutoSlim.Networks;
using AutoSlim.Training.Checkpoints;

namespace AutoSlim.Host.Dashboard.Reading;

/// <summary>Reads files of runs, which people and jobs may change at any time, and keeps why one could not be read.</summary>
internal sealed class Readings
{
    public List<string> Problems { get; } = [];

    /// <returns>Null where it could not be read.</returns>
    public T? Try<T>(Func<T> read)
        where T : class?
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidDataException or InvalidChannelsException or UsageException or ArgumentException or CheckpointException or IOException or UnauthorizedAccessException)
        {
            Problems.Add(error.Message);
            return null;
        }
    }
}
