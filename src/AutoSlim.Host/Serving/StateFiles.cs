using AutoSlim.Host.Fleet.State;

namespace AutoSlim.Host.Serving;

/// <summary>The host's own folder. Nobody else on the machine may read what is in it.</summary>
internal sealed class StateFiles
{
    public const string OperatorTokenName = "operator.token";
    public const string AddressName = "address";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode OfOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly string path;

    /// <exception cref="FleetStateException">The folder is there, and open to others.</exception>
    public StateFiles(string folder)
    {
        path = Path.GetFullPath(folder);
        Create(path);
        Create(JobsPath);
    }

    public string DatabasePath => In("fleet.db");

    public string CertificatePath => In("certificate.pfx");

    public string OperatorTokenPath => In(OperatorTokenName);

    public void KeepOperatorToken(string token) => WriteSecret(OperatorTokenPath, System.Text.Encoding.ASCII.GetBytes(token));

    /// <summary>Held by the host that runs.</summary>
    public string LockPath => In("host.lock");

    /// <summary>The address of the host that runs.</summary>
    public string AddressPath => In(AddressName);

    /// <summary>Keys of the page's cookies.</summary>
    public string KeysPath => In("keys");

    private string JobsPath => In("jobs");

    public string JobLogPath(string job) => Path.Combine(JobsPath, $"{job}.log");

    /// <summary>Whole, and readable by its owner only.</summary>
    public static void WriteSecret(string file, byte[] content)
    {
        var aside = $"{file}.{Path.GetRandomFileName()}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(aside, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(aside, file, overwrite: true);
    }

    /// <summary>A folder that is there and empty is closed to others; one that is full may be somebody's whom that would lock out.</summary>
    private static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        if ((File.GetUnixFileMode(folder) & OfOthers) == 0) return;
        if (Directory.EnumerateFileSystemEntries(folder).Any()) throw new FleetStateException($"the state folder '{folder}' is open to others on this machine, and secrets lie in it: chmod 700 it, or choose another with --state");
        File.SetUnixFileMode(folder, OwnerOnly | UnixFileMode.UserExecute);
    }

    private string In(string name) => Path.Combine(path, name);
}
