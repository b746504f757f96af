using System.CommandLine;

namespace AutoSlim.Host.Commands.Tables;

/// <summary><c>profiles</c>: looks at cost tables and imports them, without a device.</summary>
internal static class ProfilesVerb
{
    public static Command Create() => new("profiles", "Looks at the cost tables of devices, and imports other people's.")
    {
        new ProfilesShow().Command,
        new ProfilesDiff().Command,
        new ProfilesExport().Command,
        new ProfilesImport().Command,
    };
}
