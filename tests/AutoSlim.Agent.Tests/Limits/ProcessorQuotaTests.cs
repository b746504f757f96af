using AutoSlim.Agent.Limits;

namespace AutoSlim.Agent.Tests.Limits;

public sealed class ProcessorQuotaTests : IDisposable
{
    private readonly InventedSystem system = new();

    public void Dispose() => system.Dispose();

    [Fact]
    public void A_system_without_control_groups_sets_no_limit() => Assert.Equal(ProcessorQuota.None, ProcessorQuota.Read(system.Root));

    [Fact]
    public void A_group_of_the_second_version_says_quota_and_period()
    {
        system.With("proc/self/cgroup", "0::/work/agent\n").With("sys/fs/cgroup/work/agent/cpu.max", "50000 100000\n");
        Assert.Equal(new(0.5, TimeSpan.FromMilliseconds(100)), ProcessorQuota.Read(system.Root));
    }

    [Fact]
    public void The_tightest_of_a_group_and_its_parents_holds()
    {
        system.With("proc/self/cgroup", "0::/work/agent\n")
            .With("sys/fs/cgroup/work/agent/cpu.max", "max 100000\n").With("sys/fs/cgroup/work/cpu.max", "150000 100000\n").With("sys/fs/cgroup/cpu.max", "20000 10000\n");
        Assert.Equal(1.5, ProcessorQuota.Read(system.Root).Processors);
    }

    [Fact]
    public void A_group_of_the_first_version_says_the_same_in_two_files()
    {
        system.With("proc/self/cgroup", "3:cpuset:/\n2:cpu,cpuacct:/slow\n")
            .With("sys/fs/cgroup/cpu,cpuacct/slow/cpu.cfs_quota_us", "25000\n").With("sys/fs/cgroup/cpu,cpuacct/slow/cpu.cfs_period_us", "50000\n");
        Assert.Equal(new(0.5, TimeSpan.FromMilliseconds(50)), ProcessorQuota.Read(system.Root));
    }

    [Fact]
    public void No_limit_is_minus_one_in_the_first_version()
    {
        system.With("proc/self/cgroup", "1:cpu:/\n").With("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n").With("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
        Assert.Equal(ProcessorQuota.None, ProcessorQuota.Read(system.Root));
    }

    [Theory]
    [InlineData(0.5, 1, 0.5)]
    [InlineData(1.5, 1, 1)]
    [InlineData(1.5, 2, 0.75)]
    public void A_thread_runs_its_share_of_the_time(double processors, int threads, double share) =>
        Assert.Equal(share, new ProcessorQuota(processors, TimeSpan.FromMilliseconds(100)).Share(threads));

    [Fact]
    public void Nobody_holds_back_a_thread_without_a_limit() => Assert.Equal(1, ProcessorQuota.None.Share(64));
}
