using AutoSlim.Costs;
using AutoSlim.Profiling;
using AutoSlim.Tests.Profiling;
using CsCheck;

namespace AutoSlim.Tests.Costs;

public sealed class CostTableFileTests : IDisposable
{
    private static readonly Gen<double> Time = Gen.Double[0.001, 1e6];

    private static readonly Gen<Measurement> AnyMeasurement = Gen.Select(Time.Array[3], Gen.Int[1, 40], Gen.Int[0, 9], Gen.Bool, (times, samples, dropped, ok) =>
        new Measurement(times.Order().ElementAt(1), times.Min(), samples < 6 ? double.PositiveInfinity : times.Max(), samples, dropped, ok ? ProbeStatus.Ok : ProbeStatus.Unstable));

    private readonly string folder = Directory.CreateTempSubdirectory("autoslim-test-").FullName;

    private string Target => Path.Combine(folder, "phone", "cpu.json");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_has_the_device_first_and_one_sorted_line_per_entry()
    {
        CostTableFile.Write(Target, MeasuredTables.Example());
        Assert.Equal(
            """
            {
              "format": 2,
              "fingerprint": "FINGERPRINT",
              "device": {
                "processor": "Cortex-A72",
                "operatingSystem": "Linux 6.1",
                "architecture": "arm64",
                "runtime": "onnxruntime",
                "runtimeVersion": "1.31.1",
                "nativeLibraryHash": "0123456789abcdef",
                "executionProvider": "CPU",
                "intraOpThreads": 1,
                "optimizationLevel": "all",
                "providerOptions": "none",
                "cores": "any",
                "processorQuota": 0
              },
              "entries": {
                "Convolution 16x8x8 to 96 k1 s1 p0 Relu6": {"microseconds":14.57,"lower":14.5,"upper":14.6,"samples":9,"dropped":2,"status":"Ok","rounds":1},
                "context 16x8x8": {"microseconds":0.123,"lower":0,"upper":null,"samples":3,"dropped":0,"status":"Ok","rounds":1},
                "context 8x8x8": {"microseconds":0,"lower":0,"upper":0,"samples":0,"dropped":0,"status":"Failed","rounds":1}
              }
            }

            """.Replace("FINGERPRINT", Messages.Device.Fingerprint, StringComparison.Ordinal),
            File.ReadAllText(Target));
    }

    [Fact]
    public void Measured_memories_follow_the_entries_one_sorted_line_each()
    {
        var table = MeasuredTables.Example();
        table.RecordMemory("network b cifar 3x8x8 8,10", new(2_000_000, 70_000_000, 15));
        table.RecordMemory("network a cifar 3x8x8 8,10", new(1_000_000, 60_000_000, 15));
        CostTableFile.Write(Target, table);
        Assert.EndsWith(
            """
              },
              "memory": {
                "network a cifar 3x8x8 8,10": {"peakBytes":1000000,"loadedBytes":60000000,"runs":15},
                "network b cifar 3x8x8 8,10": {"peakBytes":2000000,"loadedBytes":70000000,"runs":15}
              }
            }

            """,
            File.ReadAllText(Target), StringComparison.Ordinal);
        Assert.Equal(table.Memories, CostTableFile.Read(Target).Memories);
    }

    [Fact]
    public void Only_a_network_has_a_memory_and_only_one_that_can_be()
    {
        Assert.Throws<FormatException>(() => MeasuredTables.Empty().RecordMemory("context 1x1x1", new(1, 1, 1)));
        foreach (var odd in new NetworkMemory[] { new(0, 1, 1), new(1, -1, 1), new(1, 1, 0), new(long.MaxValue, 1, 1) })
            Assert.Throws<ArgumentException>(() => MeasuredTables.Empty().RecordMemory("network a", odd));
    }

    [Fact]
    public void An_empty_table_survives()
    {
        CostTableFile.Write(Target, MeasuredTables.Empty());
        Assert.Empty(CostTableFile.Read(Target).Measurements);
    }

    [Fact]
    public void Every_table_survives_and_is_written_alike_again() =>
        AnyMeasurement.Array[0, 6].Sample(
            measurements =>
            {
                var table = MeasuredTables.Empty();
                foreach (var (i, measurement) in measurements.Index()) table.Record($"context {i}x1x1", measurement);
                CostTableFile.Write(Target, table);
                var (read, text) = (CostTableFile.Read(Target), File.ReadAllText(Target));
                Assert.Equal(table.Measurements.ToDictionary(entry => entry.Key, entry => entry.Value.Rounded()), read.Measurements);
                Assert.Equal(table.Device, read.Device);
                CostTableFile.Write(Target, read);
                Assert.Equal(text, File.ReadAllText(Target));
            },
            iter: 50, threads: 1);

    [Fact]
    public void The_same_device_goes_on_with_its_table()
    {
        CostTableFile.Write(Target, MeasuredTables.Example());
        var opened = CostTableFile.Open(Target, Messages.Device);
        Assert.Null(opened.Notice);
        Assert.Equal(3, opened.Table.Measurements.Count);
    }

    [Fact]
    public void A_new_device_starts_empty_and_writes_nothing()
    {
        var opened = CostTableFile.Open(Target, Messages.Device);
        Assert.Null(opened.Notice);
        Assert.Empty(opened.Table.Measurements);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public void A_changed_device_starts_empty_and_no_old_table_is_ever_lost()
    {
        var changed = Messages.Device with { RuntimeVersion = "2.0" };
        var texts = new HashSet<string>();
        foreach (var microseconds in new[] { 1, 2, 3 })
        {
            var table = MeasuredTables.Empty();
            table.Record("context 1x1x1", MeasuredTables.Taking(microseconds));
            CostTableFile.Write(Target, table);
            texts.Add(File.ReadAllText(Target));
            var opened = CostTableFile.Open(Target, changed);
            Assert.Empty(opened.Table.Measurements);
            Assert.Equal(changed, opened.Table.Device);
            Assert.Contains("runtimeVersion \"1.31.1\" -> \"2.0\"", opened.Notice, StringComparison.Ordinal);
            Assert.False(File.Exists(Target));
        }

        var kept = Directory.GetFiles(Path.GetDirectoryName(Target)!, "cpu.*");
        Assert.Contains(Path.Combine(folder, "phone", $"cpu.{Messages.Device.Fingerprint}.json"), kept);
        Assert.Equal(texts, kept.Select(File.ReadAllText).ToHashSet());
    }

    [Fact]
    public void A_device_that_is_again_as_it_was_goes_on_with_its_table_of_then()
    {
        var changed = Messages.Device with { RuntimeVersion = "2.0" };
        CostTableFile.Write(Target, MeasuredTables.Example());
        var other = CostTableFile.Open(Target, changed).Table;
        other.Record("context 9x9x9", MeasuredTables.Taking(9));
        CostTableFile.Save(Target, other);
        var back = CostTableFile.Open(Target, Messages.Device);
        Assert.Equal(3, back.Table.Measurements.Count);
        Assert.Contains("its 1 entries are kept", back.Notice, StringComparison.Ordinal);
        Assert.Contains("the 3 that it measured before, as it is now, are taken up again", back.Notice, StringComparison.Ordinal);
        Assert.Single(CostTableFile.Open(Target, changed).Table.Measurements);
        Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(Target)!, "*.json").Length);
    }

    [Fact]
    public void Whoever_saves_adds_to_what_others_measured_meanwhile()
    {
        CostTableFile.Write(Target, MeasuredTables.Example());
        var (one, other) = (CostTableFile.Open(Target, Messages.Device).Table, CostTableFile.Open(Target, Messages.Device).Table);
        one.Record("context 1x1x1", MeasuredTables.Taking(1));
        one.Record("context 16x8x8", MeasuredTables.Taking(5));
        CostTableFile.Save(Target, one);
        other.Record("context 2x2x2", MeasuredTables.Taking(2));
        other.RecordMemory("network a cifar 3x8x8 8,10", new(1, 1, 1));
        CostTableFile.Save(Target, other);
        var found = CostTableFile.Read(Target);
        Assert.Equal((5, 1), (found.Measurements.Count, found.Memories.Count));
        Assert.Equal(5, found.Measurements["context 16x8x8"].MedianMicroseconds);
    }

    [Fact]
    public async Task Nothing_is_lost_between_many_who_save_at_once()
    {
        await Parallel.ForAsync(1, 33, TestContext.Current.CancellationToken, (width, _) =>
        {
            var table = CostTableFile.Open(Target, Messages.Device).Table;
            table.Record($"context {width}x1x1", MeasuredTables.Taking(width));
            CostTableFile.Save(Target, table);
            return ValueTask.CompletedTask;
        });
        Assert.Equal(32, CostTableFile.Read(Target).Measurements.Count);
    }

    [Fact]
    public async Task Many_who_find_the_device_changed_at_once_move_its_table_aside_once()
    {
        var changed = Messages.Device with { RuntimeVersion = "2.0" };
        CostTableFile.Write(Target, MeasuredTables.Example());
        await Parallel.ForAsync(0, 16, TestContext.Current.CancellationToken, (_, _) =>
        {
            Assert.Empty(CostTableFile.Open(Target, changed).Table.Measurements);
            return ValueTask.CompletedTask;
        });
        Assert.Equal($"cpu.{Messages.Device.Fingerprint}.json", Path.GetFileName(Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Target)!, "*.json"))));
    }

    [Fact]
    public void Two_processes_that_see_the_device_differently_each_keep_their_table()
    {
        var table = CostTableFile.Open(Target, Messages.Device).Table;
        var changed = new CostTable(Messages.Device with { RuntimeVersion = "2.0" });
        foreach (var width in new[] { 1, 2 })
        {
            changed.Record($"context {width}x2x2", MeasuredTables.Taking(width));
            CostTableFile.Save(Target, changed);
            table.Record($"context {width}x1x1", MeasuredTables.Taking(width));
            CostTableFile.Save(Target, table);
        }

        Assert.Equal(["context 1x2x2", "context 2x2x2"], CostTableFile.Read(Target).Measurements.Keys);
        Assert.Equal(["context 1x1x1", "context 2x1x1"], CostTableFile.Read(Path.ChangeExtension(Target, $"{Messages.Device.Fingerprint}.json")).Measurements.Keys);
    }

    [Fact]
    public void What_comes_back_is_what_moved_aside_last_and_a_damaged_one_changes_nothing()
    {
        var changed = Messages.Device with { RuntimeVersion = "2.0" };
        var folder = Path.GetDirectoryName(Target)!;
        Directory.CreateDirectory(folder);
        foreach (var (microseconds, copy) in new[] { (1, ""), (2, ".2") })
        {
            var old = MeasuredTables.Empty();
            old.Record("context 1x1x1", MeasuredTables.Taking(microseconds));
            CostTableFile.Write(Path.ChangeExtension(Target, $"{Messages.Device.Fingerprint}{copy}.json"), old);
        }

        CostTableFile.Write(Target, new(changed));
        Assert.Equal(2, CostTableFile.Open(Target, Messages.Device).Table.Measurements["context 1x1x1"].MedianMicroseconds);
        File.WriteAllText(Path.ChangeExtension(Target, $"{changed.Fingerprint}.json"), "damaged");
        var before = File.ReadAllText(Target);
        Assert.Throws<CostTableFileException>(() => CostTableFile.Open(Target, changed));
        Assert.Equal(before, File.ReadAllText(Target));
    }

    [Fact]
    public void What_moved_aside_comes_back_where_the_next_table_was_never_begun()
    {
        CostTableFile.Write(Target, MeasuredTables.Example());
        Assert.Empty(CostTableFile.Open(Target, Messages.Device with { RuntimeVersion = "2.0" }).Table.Measurements);
        Assert.False(File.Exists(Target));
        var (table, notice) = CostTableFile.Open(Target, Messages.Device);
        Assert.Equal(MeasuredTables.Example().Measurements.Keys, table.Measurements.Keys);
        Assert.Equal($"'{Target}' was missing: the 3 entries that the device measured before, as it is now, are taken up again from '{Path.ChangeExtension(Target, $"{Messages.Device.Fingerprint}.json")}'", notice);
        Assert.Equal("cpu.json", Path.GetFileName(Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Target)!, "*.json"))));
    }

    [Fact]
    public void The_path_is_the_device_s_folder_and_the_execution_provider()
    {
        Assert.Equal(Path.Combine("profiles", "phone", "cpu.json"), CostTableFile.PathFor("profiles", "phone", Messages.Device));
        Assert.Throws<ArgumentException>(() => CostTableFile.PathFor("profiles", "..", Messages.Device));
        Assert.Throws<ArgumentException>(() => CostTableFile.PathFor("profiles", "phone", Messages.Device with { ExecutionProvider = "../CPU" }));
    }
}
