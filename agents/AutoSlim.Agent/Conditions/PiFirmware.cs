using System.Globalization;

namespace AutoSlim.Agent.Conditions;

/// <summary>
/// A Raspberry Pi's firmware slows the processor by itself, and the kernel of Raspberry Pi OS shows that as hexadecimal bits: those of now,
/// and from bit 16 on those since it last forgot. The kernel asks the firmware every two seconds.
/// </summary>
internal sealed class PiFirmware
{
    private const string File = "sys/devices/platform/soc/soc:firmware/get_throttled";
    private const int PastShift = 16;
    private const int Undervoltage = 1;
    private static readonly (int Bit, string Name)[] Slowing = [(2, "frequency capped"), (4, "throttled"), (8, "soft temperature limit")];

    private readonly string path;
    private int past;

    /// <param name="root">Of the file system.</param>
    public PiFirmware(string root)
    {
        path = Path.Combine(root, File);
        past = Bits() >> PastShift;
    }

    /// <summary>How the firmware slows the processor now or did since the last look, or null.</summary>
    public string? Slows()
    {
        var bits = Bits();
        var during = bits | ((bits >> PastShift) & ~past);
        past = bits >> PastShift;
        var names = Slowing.Where(flag => (during & flag.Bit) != 0).Select(flag => flag.Name).ToList();
        if (names.Count == 0) return null;
        return $"the firmware slows the processor ({string.Join(", ", names)}{((during & Undervoltage) == 0 ? "" : "; under-voltage: the power supply is too weak")})";
    }

    private int Bits() => int.TryParse(SystemFiles.Text(path), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits) ? bits : 0;
}
