using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace AutoSlim.Training.Native;

/// <summary>
/// Keeps oneDNN, which computes torch's convolutions, to AVX where its newer kernels are wrong: on a virtual AMD machine of family 26
/// (Zen 5) whose CPUID names no caches, with oneDNN 3.7.1, pointwise convolutions of many shapes came out off by half of their largest
/// value with AVX-512 (24 to 40 channels on 7x7 maps, batch 32), and of 716 convolutions drawn at random, in channels last as ours are,
/// 20 with AVX2 (16 to 80 on 7x7). With AVX it was one of 1,965, 3x3 on a 1x1 map, which is left to no such kernel
/// (<see cref="Supernets.ConvolutionKernel"/>). SSE 4.1 was right in all of 2,363 and trained ResNet-18 at less than half of AVX's speed.
/// </summary>
internal static partial class KernelChoice
{
    /// <summary>Of the environment: the instructions that oneDNN may use. Whoever sets it decides.</summary>
    public const string Variable = "ONEDNN_MAX_CPU_ISA";

    public const string Sound = "AVX";

    private const string OlderVariable = "DNNL_MAX_CPU_ISA";
    private const int HypervisorBit = 1 << 31;

    /// <summary>Before torch's first convolution: oneDNN looks once.</summary>
    public static void Make()
    {
        if (!X86Base.IsSupported || Environment.GetEnvironmentVariable(Variable) is not null || Environment.GetEnvironmentVariable(OlderVariable) is not null) return;
        var (_, first, third, second) = X86Base.CpuId(0, 0);
        var (signature, _, features, _) = X86Base.CpuId(1, 0);
        if (IsWrongAboveAvx((first, second, third), signature, (features & HypervisorBit) != 0)) Set();
    }

    /// <param name="vendor">The twelve letters of CPUID's leaf 0.</param>
    /// <param name="signature">Family, model and stepping: leaf 1, EAX.</param>
    /// <param name="isVirtual">Whether a hypervisor says so.</param>
    internal static bool IsWrongAboveAvx((int First, int Second, int Third) vendor, int signature, bool isVirtual)
    {
        var isAmd = vendor == (0x68747541, 0x69746e65, 0x444d4163); // "Auth", "enti", "cAMD"
        var family = ((signature >> 8) & 0xf) + ((signature >> 20) & 0xff);
        return isAmd && isVirtual && family == 26;
    }

    /// <summary>.NET keeps an environment of its own on Unix, which native code does not see.</summary>
    private static void Set()
    {
        if (OperatingSystem.IsWindows()) Environment.SetEnvironmentVariable(Variable, Sound);
        else _ = setenv(Variable, Sound, overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int setenv(string name, string value, int overwrite);
}
