using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>Prices a network at one channel configuration.</summary>
public interface ICostModel
{
    /// <summary>What is priced, as a budget names it: <c>macs</c>, <c>params</c>, <c>latency@phone</c>.</summary>
    string Name { get; }

    /// <summary>The cost in the model's unit (multiply-adds, parameters, bytes, milliseconds); never negative.</summary>
    double Price(ResolvedNetwork network);

    /// <summary>
    /// What a search brings down, in the same unit: the price. Of a maximum over layers it is more by less than one unit, which falls with
    /// the number of layers that reach it: no single step lowers the price where two layers do.
    /// </summary>
    double Pressure(ResolvedNetwork network) => Price(network);
}
