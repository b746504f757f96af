using AutoSlim.Training.Data;

namespace AutoSlim.Training.Tests.Data;

public sealed class LookAheadTests
{
    [Fact]
    public void Items_keep_their_order() => Assert.Equal(Enumerable.Range(0, 100), LookAhead.Of(Enumerable.Range(0, 100), (number, _) => number));

    [Fact]
    public void Only_a_few_are_made_before_they_are_taken()
    {
        var made = 0;
        using var items = LookAhead.Of(Enumerable.Range(0, 100), (number, _) => Interlocked.Increment(ref made)).GetEnumerator();
        Assert.True(items.MoveNext());
        SpinWait.SpinUntil(() => Volatile.Read(ref made) >= 4, TimeSpan.FromSeconds(30));
        Thread.Sleep(50);
        Assert.Equal(4, Volatile.Read(ref made));
    }

    [Fact]
    public void The_next_is_made_while_the_last_is_used()
    {
        using var second = new ManualResetEventSlim();
        using var items = LookAhead.Of([1, 2], (number, _) =>
        {
            if (number == 2) second.Set();
            return number;
        }).GetEnumerator();
        Assert.True(items.MoveNext());
        Assert.True(second.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void What_fails_comes_out_in_its_place()
    {
        var taken = new List<int>();
        Assert.Throws<DataException>(() =>
        {
            foreach (var item in LookAhead.Of(Enumerable.Range(0, 9), (number, _) => number < 5 ? number : throw new DataException("five"))) taken.Add(item);
        });
        Assert.Equal([0, 1, 2, 3, 4], taken);
    }

    [Fact]
    public void Nothing_is_made_after_the_taker_has_gone()
    {
        var made = 0;
        _ = LookAhead.Of(Enumerable.Range(0, 1000), (number, _) => Interlocked.Increment(ref made)).Take(3).ToList();
        var then = Volatile.Read(ref made);
        Thread.Sleep(50);
        Assert.Equal(then, Volatile.Read(ref made));
    }
}
