using System.Runtime.InteropServices;

namespace AutoSlim.Training.Native;

/// <summary>
/// The C library's heaps that torch takes its tensors from. In glibc only the main one grows in one piece; those that other threads get
/// are pieces of 64 MB, so that a larger tensor comes from the system and goes back to it every time.
/// </summary>
internal static partial class NativeHeap
{
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;
    private const int MaximumHeaps = -8;

    /// <summary>In the word before a block: it comes from another heap than the main one.</summary>
    private const nuint OtherHeapFlag = 4;

    private const string Allocator = "malloc";

    /// <summary>Whether memory comes from glibc itself, and not from an allocator that was loaded before it, whose blocks look otherwise.</summary>
    public static bool IsGlibcs { get; } =
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, Allocator, out var own)
        && NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), Allocator, out var used) && own == used;

    /// <summary>What older versions of it allow.</summary>
    private const int LargestMapThreshold = 32 << 20;

    /// <summary>
    /// Has glibc keep freed memory for the next tensor. As it comes it hands megabytes back to the system and has them zeroed page
    /// by page on the next request, thousands of times a second: a quarter of a training step. New threads share the heaps that there are.
    /// </summary>
    public static void KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux()) return;
        if (mallopt(MapThreshold, 1 << 30) == 0) _ = mallopt(MapThreshold, LargestMapThreshold);
        _ = mallopt(TrimThreshold, int.MaxValue);
        _ = mallopt(MaximumHeaps, 1);
    }

    public static unsafe bool ServesThisThreadFromTheMainOne()
    {
        if (!IsGlibcs) return true;
        var block = (nuint*)NativeMemory.Alloc(64);
        var isMain = (block[-1] & OtherHeapFlag) == 0;
        NativeMemory.Free(block);
        return isMain;
    }

    /// <summary>Hands back what one stage needed and the next will not: a thread's freed memory serves no other thread.</summary>
    public static void Trim()
    {
        if (OperatingSystem.IsLinux()) _ = malloc_trim(0);
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int malloc_trim(nuint pad);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int mallopt(int parameter, int value);
}
