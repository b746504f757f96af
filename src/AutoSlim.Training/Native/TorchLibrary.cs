using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace AutoSlim.Training.Native;

/// <summary>
/// Makes TorchSharp load where the system's C++ library is older than the one it was built with (Debian 12, Ubuntu 22.04).
/// Its native library lists GLIBCXX_3.4.32 but binds nothing of it; the plain load fails all the same. When it does, a copy
/// whose requirement is weak is loaded instead. Systems with a newer C++ library never come here.
/// </summary>
internal static class TorchLibrary
{
    private const string Name = "LibTorchSharp";
    private const string UnmetVersion = "GLIBCXX_3.4.32";

    /// <summary>What LibTorchSharp needs, in load order; those that the runtime package does not have are left out.</summary>
    private static readonly string[] Dependencies = ["libc10.so", "libtorch_cpu.so", "libc10_cuda.so", "libtorch_cuda.so", "libtorch.so"];

    private static readonly Lazy<nint> Handle = new(LoadWeakened);

#pragma warning disable CA2255 // It has to run before the first torch call of whichever program uses this library.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register()
    {
        if (OperatingSystem.IsLinux()) AssemblyLoadContext.Default.ResolvingUnmanagedDll += Resolve;
    }

    /// <summary>Runs only after the runtime's own attempt has failed.</summary>
    private static nint Resolve(Assembly assembly, string library) =>
        library == Name && assembly.GetName().Name == "TorchSharp" && Directory() is not null ? Handle.Value : 0;

    private static nint LoadWeakened()
    {
        var directory = Directory()!;
        foreach (var dependency in Dependencies.Select(name => Path.Combine(directory, name)).Where(File.Exists)) NativeLibrary.Load(dependency);
        return LoadCopy(Weakened(Path.Combine(directory, $"lib{Name}.so")));
    }

    internal static byte[] Weakened(string path)
    {
        var image = new ElfImage(File.ReadAllBytes(path));
        image.WeakenRequirement(UnmetVersion);
        return image.Bytes;
    }

    /// <summary>The copy is private to this process: it is deleted as soon as the loader has mapped it.</summary>
    private static nint LoadCopy(byte[] image)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("autoslim-");
        try
        {
            var copy = Path.Combine(folder.FullName, $"lib{Name}.so");
            File.WriteAllBytes(copy, image);
            return NativeLibrary.Load(copy);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Beside the program after a publish for one platform, else in the package's runtime folder.</summary>
    internal static string? Directory() => new[] { AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native") }
        .FirstOrDefault(directory => File.Exists(Path.Combine(directory, $"lib{Name}.so")));
}
