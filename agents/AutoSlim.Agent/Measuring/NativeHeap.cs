using System.Runtime.InteropServices;

namespace AutoSlim.Agent.Measuring;

/// <summary>The C library's heap that the runtime takes its tensors from.</summary>
internal static partial class NativeHeap
{
    private const int MapThreshold = -3;
    private const int LargeBytes = 64 << 10;

    /// <summary>
    /// Has glibc ask the system for every block of 64 KB and more, and give it back when it is freed. As it comes it learns to keep such
    /// blocks, in an order that chance decides: a network then grew by two to four times what it needs, 15 % more or less each time.
    /// </summary>
    public static void ReturnLargeBlocks() => Try(() => mallopt(MapThreshold, LargeBytes));

    /// <summary>Gives back what lies free: what loading left there would hide what running takes.</summary>
    public static void Trim() => Try(() => malloc_trim(0));

    /// <summary>Another C library does without.</summary>
    private static void Try(Func<int> call)
    {
        try
        {
            _ = call();
        }
        catch (EntryPointNotFoundException)
        {
            // Its heap keeps what it likes, and that counts too.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int mallopt(int parameter, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int malloc_trim(nuint pad);
}
