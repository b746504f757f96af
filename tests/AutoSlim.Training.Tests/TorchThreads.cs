using System.Runtime.CompilerServices;
using AutoSlim.Training.Native;

[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace AutoSlim.Training.Tests;

/// <summary>
/// Results repeat bit by bit only for one number of threads. One, because tensors here are small: a second waits for the first by
/// spinning, which took twenty times longer where other processes shared the cores.
/// </summary>
internal static class TorchThreads
{
#pragma warning disable CA2255 // It has to run before the first torch call of any test.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Fix() => TorchRuntime.Load(1);
}
