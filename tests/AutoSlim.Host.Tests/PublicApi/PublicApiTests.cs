using System.Reflection;
using AutoSlim.Networks;
using AutoSlim.Profiling;
using AutoSlim.Training.Supernets;
using PublicApiGenerator;

namespace AutoSlim.Host.Tests.PublicApi;

/// <summary>What programs can build on. A deliberate change: copy the new text, written beside the tests' program, over the snapshot here.</summary>
public sealed class PublicApiTests
{
    private static readonly Assembly[] Libraries = [typeof(AgentHello).Assembly, typeof(NetworkDefinition).Assembly, typeof(SlimmableNetwork).Assembly];

    public static TheoryData<string> Names => [.. Libraries.Select(library => library.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Public_api_is_unchanged(string name)
    {
        var api = Libraries.Single(library => library.GetName().Name == name).GeneratePublicApi(new() { IncludeAssemblyAttributes = false });
        var snapshot = Path.Combine(AppContext.BaseDirectory, "PublicApi", $"{name}.txt");
        await File.WriteAllTextAsync(Path.ChangeExtension(snapshot, ".new.txt"), api, TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllLinesAsync(snapshot, TestContext.Current.CancellationToken), api.Split('\n').Select(line => line.TrimEnd('\r')));
    }
}
