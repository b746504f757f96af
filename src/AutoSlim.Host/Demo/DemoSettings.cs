using AutoSlim.Host.Stages;
using AutoSlim.Networks;

namespace AutoSlim.Host.Demo;

/// <summary>From the demo's options to a run's settings: MobileNet v2 at the images' own size, strides as published.</summary>
internal static class DemoSettings
{
    public static RunSettings Of(DemoOptions options)
    {
        var training = RunImages.LoadData(options.Data).Training;
        return new()
        {
            Network = new(MobileNetV2.Name, StrideLayout.Imagenet, training.Height, training.Channels, training.Classes, options.MaximumWidth),
            DataFolder = options.Data is string folder ? Path.GetFullPath(folder) : null,
            TrainingImages = options.TrainingImages,
            SearchImages = options.SearchImages,
            Supernet = options.Supernet,
            Threads = options.Threads,
        };
    }
}
