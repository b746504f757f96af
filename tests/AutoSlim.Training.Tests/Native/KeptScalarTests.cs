using AutoSlim.Training.Supernets;
using Mono.Cecil;
using Mono.Cecil.Cil;
using TorchSharp;

namespace AutoSlim.Training.Tests.Native;

/// <summary>
/// TorchSharp hands numbers to torch in objects that nothing holds during the call; the collector may free one in mid-call. Reads
/// the compiled code: no call of ours may reach, through TorchSharp's own code, one that makes such a number.
/// </summary>
public sealed class KeptScalarTests
{
    private static readonly ModuleDefinition Torch = ModuleDefinition.ReadModule(typeof(torch).Assembly.Location);
    private static readonly Dictionary<string, MethodDefinition> TorchMethods =
        Torch.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).DistinctBy(method => method.FullName).ToDictionary(method => method.FullName);

    [Fact]
    public void No_call_of_torch_lets_the_collector_free_a_number_in_mid_call()
    {
        using var ours = ModuleDefinition.ReadModule(typeof(SlimmableNetwork).Assembly.Location);
        var risky = from type in ours.GetTypes()
                    from method in type.Methods
                    where method.HasBody && type.Name != "KeptScalar"
                    from called in Called(method)
                    let path = PathToNumber(called)
                    where path is not null
                    select $"{method.DeclaringType.Name}.{method.Name}: {path}";
        Assert.Equal([], risky.Distinct());
    }

    /// <summary>The check must see what it is for.</summary>
    [Theory]
    [InlineData("op_Addition", "TorchSharp.torch/Tensor,TorchSharp.torch/Tensor")]
    [InlineData("mul", "TorchSharp.Scalar")]
    [InlineData("add_", "TorchSharp.torch/Tensor")]
    public void An_operator_is_told_apart_by_whether_it_makes_its_own_number(string name, string parameters)
    {
        var method = TorchMethods.Values.Single(method => method.DeclaringType.FullName == "TorchSharp.torch/Tensor" && method.Name == name
            && string.Join(',', method.Parameters.Select(parameter => parameter.ParameterType.FullName)) == parameters);
        Assert.Equal(name != "mul", PathToNumber(method.FullName) is not null);
    }

    /// <summary>The way from a method of torch to a number of its making, or null.</summary>
    private static string? PathToNumber(string start)
    {
        var paths = new Dictionary<string, string> { [start] = start };
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out var name))
        {
            if (MakesNumber(name)) return paths[name];
            if (!TorchMethods.TryGetValue(name, out var method)) continue;
            foreach (var next in Called(method))
                if (paths.TryAdd(next, $"{paths[name]} -> {next}")) open.Enqueue(next);
        }

        return null;
    }

    private static bool MakesNumber(string method) =>
        method.StartsWith("TorchSharp.Scalar TorchSharp.Scalar::op_Implicit", StringComparison.Ordinal) || method.Contains("::ToScalar(", StringComparison.Ordinal);

    private static IEnumerable<string> Called(MethodDefinition method) =>
        from instruction in method.Body.Instructions
        where instruction.OpCode.Code is Code.Call or Code.Callvirt or Code.Newobj or Code.Ldftn
        select instruction.Operand is GenericInstanceMethod generic ? generic.ElementMethod.FullName : ((MethodReference)instruction.Operand).FullName;
}
