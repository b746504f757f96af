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
    /// <summary>Of the environment: a folder to take libtorch's libraries from, instead of from the runtime package.</summary>
    public const string FolderVariable = "AUTOSLIM_LIBTORCH";

    private const string NoPackage = "none";
    private const string Name = "LibTorchSharp";
    private const string UnmetVersion = "GLIBCXX_3.4.32";

    /// <summary>What LibTorchSharp needs, in load order; those that the runtime package does not have are left out.</summary>
    private static readonly string[] Dependencies = ["libc10.so", Core, "libc10_cuda.so", "libtorch_cuda.so", "libtorch.so"];

    private const string Core = "libtorch_cpu.so";

    private static readonly Lazy<nint> Handle = new(LoadWeakened);

    /// <summary>The runtime package that this build carries, or <c>none</c>.</summary>
    public static string Package { get; } = typeof(TorchLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "TorchRuntime").Value!;

    /// <summary>What <see cref="FolderVariable"/> says; null when it is not set.</summary>
    public static string? Elsewhere => Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? folder : null;

    public static bool HasCuda(string folder) => File.Exists(Path.Combine(folder, "libtorch_cuda.so"));

    /// <summary>
    /// Loads the libraries of <see cref="Elsewhere"/>: later requests for libraries of their names are then met by them. Does nothing
    /// when the variable is not set, or the second time.
    /// </summary>
    /// <exception cref="ComputeDeviceException">No libtorch anywhere, or one beside the program too, which would be loaded as a second one.</exception>
    public static void LoadElsewhere()
    {
        if (ElsewhereProblem(Elsewhere, Directory(), Package) is string problem) throw new ComputeDeviceException(problem);
        if (Elsewhere is not string folder) return;
        try
        {
            LoadDependencies(folder);
        }
        catch (DllNotFoundException fault)
        {
            throw new ComputeDeviceException($"{FolderVariable} is '{folder}', whose libtorch does not load: {fault.Message}", fault);
        }
    }

    internal static string? ElsewhereProblem(string? folder, string? own, string package)
    {
        if (folder is null) return package == NoPackage ? $"this build carries no libtorch; set {FolderVariable} to the lib folder of a libtorch 2.10.0, or build without -p:TorchRuntime=none" : null;
        if (!OperatingSystem.IsLinux()) return $"{FolderVariable} is set, but works on Linux only; build with -p:TorchRuntime=PACKAGE instead";
        if (!File.Exists(Path.Combine(folder, Core))) return $"{FolderVariable} is '{folder}', which has no {Core}; give the lib folder of a libtorch 2.10.0";
        return own is not null && File.Exists(Path.Combine(own, Core))
            ? $"{FolderVariable} is set, but this build carries a libtorch of its own; build with -p:TorchRuntime=none, or unset the variable"
            : null;
    }

#pragma warning disable CA2255 // It has to run before the first torch call of whichever program uses this library.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register()
    {
        KernelChoice.Make();
        if (OperatingSystem.IsLinux()) AssemblyLoadContext.Default.ResolvingUnmanagedDll += Resolve;
    }

    /// <summary>Runs only after the runtime's own attempt has failed.</summary>
    private static nint Resolve(Assembly assembly, string library) =>
        library == Name && assembly.GetName().Name == "TorchSharp" && Directory() is not null ? Handle.Value : 0;

    private static nint LoadWeakened()
    {
        var directory = Directory()!;
        LoadDependencies(directory);
        return LoadCopy(Weakened(Path.Combine(directory, $"lib{Name}.so")));
    }

    private static void LoadDependencies(string directory)
    {
        foreach (var dependency in Dependencies.Select(name => Path.Combine(Path.GetFullPath(directory), name)).Where(File.Exists)) NativeLibrary.Load(dependency);
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
