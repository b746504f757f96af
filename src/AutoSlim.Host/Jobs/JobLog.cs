namespace AutoSlim.Host.Jobs;

/// <summary>What a job's verbs print, in a file that people may follow while it grows.</summary>
internal sealed class JobLog(string path) : IDisposable
{
    private readonly Lock gate = new();
    private readonly StreamWriter writer = new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)) { AutoFlush = true };

    /// <summary>The last line of any.</summary>
    public string LastLine { get; private set; } = "";

    /// <summary>A disk that is full costs the log and not the job.</summary>
    public void Write(string line)
    {
        lock (gate)
        {
            LastLine = line;
            try
            {
                writer.WriteLine(line);
            }
            catch (IOException)
            {
                // The line is lost; the job's files and its state tell of themselves.
            }
        }
    }

    public void Dispose()
    {
        try
        {
            writer.Dispose();
        }
        catch (IOException)
        {
            // As above.
        }
    }
}
