using System.Text;

namespace AutoSlim.Agent.State;

/// <summary>What an agent keeps between two starts: its key, and results that the host has not acknowledged. Nobody else on the device may read it.</summary>
internal sealed class StateFolder
{
    private const string KeyFile = "key";
    private const string OfferedFile = "key.offered";
    private const string JournalFolder = "journal";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string path;

    /// <exception cref="AgentException">The folder cannot be made.</exception>
    public StateFolder(AgentOptions options)
    {
        path = Path.GetFullPath(options.StateFolder ?? DefaultFor(options.Name));
        try
        {
            Create(path);
            Create(JournalPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AgentException($"the state folder '{path}' cannot be made: {error.Message}; choose another with --state");
        }
    }

    public string JournalPath => Path.Combine(path, JournalFolder);

    /// <summary>The key of an agent that was enrolled; null before.</summary>
    /// <exception cref="AgentException">The file holds something else.</exception>
    public EnrolledKey? Key => Read(KeyFile);

    /// <summary>A key that the host may have heard of, or not.</summary>
    /// <exception cref="AgentException">The file holds something else.</exception>
    public EnrolledKey? Offered => Read(OfferedFile);

    /// <summary>Kept before the host hears of it: a key that only the host knows would be no use to anyone.</summary>
    public void Offer(EnrolledKey key) => Write(Path.Combine(path, OfferedFile), stream => stream.Write(Encoding.ASCII.GetBytes(key.Text)));

    /// <summary>The host took the key that was offered; the one before is worth nothing now.</summary>
    public void Confirm() => File.Move(Path.Combine(path, OfferedFile), Path.Combine(path, KeyFile), overwrite: true);

    /// <summary>Whole or not at all, and on the disk when this returns.</summary>
    public static void Write(string file, Action<Stream> content)
    {
        var aside = $"{file}.{Path.GetRandomFileName()}.aside";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        try
        {
            using (var stream = new FileStream(aside, options))
            {
                content(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(aside, file, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    private EnrolledKey? Read(string name)
    {
        var file = Path.Combine(path, name);
        if (!File.Exists(file)) return null;
        return EnrolledKey.Parse(File.ReadAllText(file)) ?? throw new AgentException($"'{file}' holds no key: delete it, and enrol this device anew with: autoslim enroll NAME");
    }

    private static string DefaultFor(string name) =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } data ? data : Path.GetTempPath(), "autoslim-agent", name);

    private static void Create(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
    }
}
