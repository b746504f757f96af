using Google.Protobuf;
using Tensorboard;

namespace AutoSlim.Training.Logs;

/// <summary>
/// Numbers by step in a file that TensorBoard shows. TorchSharp brings the messages; its own writer opens a new file, named after
/// clock and host, in every process, and opens it again for every number: a training that goes on could take nothing back.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private const string Version = "brain.Event:2";

    private readonly FileStream stream;
    private readonly TimeProvider time;

    /// <summary>Goes on with the file, without what it holds of later steps.</summary>
    /// <param name="path">With "tfevents" in its name.</param>
    /// <param name="stepsDone">Steps whose numbers stay; 0 for a new file.</param>
    /// <param name="time">Dates the numbers.</param>
    public EventFile(string path, int stepsDone, TimeProvider time)
    {
        this.time = time;
        stream = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        stream.SetLength(stepsDone == 0 ? 0 : LengthUpTo(stepsDone));
        stream.Position = stream.Length;
        if (stream.Length == 0) Write(new() { FileVersion = Version });
    }

    public void Append(int step, IReadOnlyList<string> names, IReadOnlyList<double> values)
    {
        var summary = new Summary();
        summary.Value.AddRange(names.Zip(values, (name, value) => new Summary.Types.Value { Tag = name, SimpleValue = (float)value }));
        Write(new() { Step = step, Summary = summary });
    }

    public void Flush() => stream.Flush(flushToDisk: true);

    public void Dispose() => stream.Dispose();

    private long LengthUpTo(int step)
    {
        var length = 0L;
        while (RecordFrame.Read(stream) is byte[] record && Event.Parser.ParseFrom(record).Step <= step) length = stream.Position;
        return length;
    }

    private void Write(Event entry)
    {
        entry.WallTime = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        RecordFrame.Write(stream, entry.ToByteArray());
    }
}
