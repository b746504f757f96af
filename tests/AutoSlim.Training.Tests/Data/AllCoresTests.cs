using AutoSlim.Training.Data;

namespace AutoSlim.Training.Tests.Data;

public sealed class AllCoresTests
{
    [Fact]
    public void A_fault_is_thrown_as_it_is()
    {
        var fault = new InsufficientMemoryException("full");
        Assert.Same(fault, Assert.Throws<InsufficientMemoryException>(() => AllCores.For(8, _ => throw fault, TestContext.Current.CancellationToken)));
        Assert.Same(fault, Assert.Throws<InsufficientMemoryException>(() => AllCores.For<int>(8, () => 0, (_, _) => throw fault, _ => { })));
    }

    [Fact]
    public void Every_number_is_worked_on_once()
    {
        var seen = new int[100];
        AllCores.For(seen.Length, index => Interlocked.Increment(ref seen[index]), TestContext.Current.CancellationToken);
        var sum = 0;
        AllCores.For(seen.Length, () => 0, (index, collected) => collected + index, collected => Interlocked.Add(ref sum, collected));
        Assert.All(seen, count => Assert.Equal(1, count));
        Assert.Equal(4950, sum);
    }
}
