using System.Globalization;
using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace AutoSlim.Training.Native;

/// <summary>Where networks are trained and scored: the processor or one GPU. Written as <c>cpu</c> or <c>cuda:N</c>.</summary>
[JsonConverter(typeof(ComputeDeviceJson))]
public sealed record ComputeDevice
{
    public const string Forms = "cpu, cuda or cuda:N";

    private const string Processor = "cpu";
    private const string FirstGpu = "cuda";

    private ComputeDevice(int? gpu) => Gpu = gpu;

    public static ComputeDevice Cpu { get; } = new((int?)null);

    /// <summary>The number of the GPU, from 0; null for the processor.</summary>
    public int? Gpu { get; }

    /// <summary>As torch knows it; loads nothing.</summary>
    public Device Torch => Gpu is int number ? new(DeviceType.CUDA, number) : CPU;

    /// <summary>Null when <paramref name="text"/> has none of <see cref="Forms"/>. Whether the machine has it, <see cref="TorchRuntime.Load"/> tells.</summary>
    public static ComputeDevice? Parse(string text)
    {
        if (text == Processor) return Cpu;
        if (text == FirstGpu) return new(0);
        var number = text.StartsWith($"{FirstGpu}:", StringComparison.Ordinal) ? text[(FirstGpu.Length + 1)..] : "";
        return byte.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var gpu) ? new(gpu) : null;
    }

    public override string ToString() => Gpu is int number ? string.Create(CultureInfo.InvariantCulture, $"{FirstGpu}:{number}") : Processor;
}
