using TorchSharp;

namespace AutoSlim.Training.Native;

/// <summary>
/// Numbers for torch's operators that stay alive during the call. TorchSharp's own conversion leaves the number to the garbage
/// collector, which may free it while the operator still reads it: with two threads a training fails within minutes ("Expected
/// false to be true" in toFloat). Hold one in a field or in a using declaration that outlives the call.
/// </summary>
internal static class KeptScalar
{
    public static Scalar One { get; } = Of(1);

    public static Scalar Of(double value) => value.ToScalar();
}
