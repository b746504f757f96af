using System.Runtime.CompilerServices;
using AutoSlim.Training.Native;

namespace AutoSlim.Training.Tests;

/// <summary>Results repeat bit by bit only for one number of threads.</summary>
internal static class TorchThreads
{
#pragma warning disable CA2255 // It has to run before the first torch call of any test.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Fix() => TorchRuntime.Load(2);
}
