using System.Text;
using AutoSlim.Training.Logs;
using AutoSlim.Training.Scoring;
using AutoSlim.Training.Tests.Data;

namespace AutoSlim.Training.Tests.Logs;

public sealed class TrainingLogTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private readonly Clock clock = new();

    private string LogFolder => folder.PathOf("logs");

    private string Events => Path.Combine(LogFolder, "events.out.tfevents.autoslim");

    public void Dispose() => folder.Dispose();

    /// <summary>The checksum's published test value.</summary>
    [Fact]
    public void The_reader_of_these_tests_knows_its_checksum() => Assert.Equal(0xe3069283, EventReader.Crc(Encoding.ASCII.GetBytes("123456789")));

    [Fact]
    public void An_event_file_begins_with_its_version_and_has_every_number_of_a_step()
    {
        Write(0, from: 1, to: 2);
        var entries = EventReader.Read(Events);
        Assert.Equal("brain.Event:2", entries[0].Version);
        Assert.Equal([0L, 1, 2, 2], entries.Select(entry => entry.Step));
        Assert.Equal(
            [("loss/widest", 1f), ("loss/narrowest", 2f), ("loss/random", 3.5f), ("learning-rate", 0.125f), ("gradient-norm", 5f), ("images-per-second", 32f)],
            entries[1].Values);
        Assert.Equal([("held-out-loss/widest", 1.5f), ("held-out-accuracy/widest", 0.5f), ("held-out-loss/narrowest", 2.5f), ("held-out-accuracy/narrowest", 0.25f)], entries[3].Values);
        Assert.Equal((Start - DateTimeOffset.UnixEpoch).TotalSeconds + 2, entries[1].WallTime);
    }

    [Fact]
    public void Tables_hold_the_same_numbers()
    {
        Write(0, from: 1, to: 2);
        Assert.Equal(
            "step,loss/widest,loss/narrowest,loss/random,learning-rate,gradient-norm,images-per-second\n1,1,2,3.5,0.125,5,32\n2,2,2,3.5,0.125,5,32\n", Text("steps.csv"));
        Assert.Equal(
            "step,held-out-loss/widest,held-out-accuracy/widest,held-out-loss/narrowest,held-out-accuracy/narrowest\n2,1.5,0.5,2.5,0.25\n", Text("epochs.csv"));
    }

    /// <summary>Killed in the third epoch of two steps, after the second was saved; and killed between an epoch's log and its checkpoint.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(2)]
    public void A_training_that_goes_on_has_every_step_once(int saved)
    {
        Write(0, from: 1, to: 5);
        Write(saved, from: saved + 1, to: 6);
        Assert.Equal([0L, 1, 2, 2, 3, 4, 4, 5, 6, 6], EventReader.Read(Events).Select(entry => entry.Step));
        Assert.Equal(["1", "2", "3", "4", "5", "6"], Steps("steps.csv"));
        Assert.Equal(["2", "4", "6"], Steps("epochs.csv"));
    }

    /// <summary>Whatever was cut off, it belonged to an epoch that was not saved.</summary>
    [Fact]
    public void A_writer_that_was_killed_in_mid_record_does_no_harm()
    {
        Write(0, from: 1, to: 3);
        using (var stream = File.OpenWrite(Events)) stream.SetLength(stream.Length - 7);
        using (var stream = File.OpenWrite(Path.Combine(LogFolder, "steps.csv"))) stream.SetLength(stream.Length - 9);
        Write(2, from: 3, to: 4);
        Assert.Equal([0L, 1, 2, 2, 3, 4, 4], EventReader.Read(Events).Select(entry => entry.Step));
        Assert.Equal(["1", "2", "3", "4"], Steps("steps.csv"));
    }

    [Fact]
    public void A_training_that_begins_anew_begins_its_log_anew()
    {
        Write(0, from: 1, to: 4);
        Write(0, from: 1, to: 2);
        Assert.Equal([0L, 1, 2, 2], EventReader.Read(Events).Select(entry => entry.Step));
        Assert.Equal(["1", "2"], Steps("steps.csv"));
    }

    [Fact]
    public void Without_the_log_of_earlier_epochs_it_goes_on_alone()
    {
        Write(4, from: 5, to: 6);
        Assert.Equal([0L, 5, 6, 6], EventReader.Read(Events).Select(entry => entry.Step));
        Assert.Equal(["5", "6"], Steps("steps.csv"));
    }

    [Fact]
    public void A_table_with_other_columns_is_named()
    {
        Write(0, from: 1, to: 2);
        File.WriteAllText(Path.Combine(LogFolder, "steps.csv"), "step,loss\n1,2\n");
        var message = Assert.Throws<InvalidDataException>(() => Write(2, from: 3, to: 4)).Message;
        Assert.Contains("steps.csv' has the columns step, loss, expected step, loss/widest", message, StringComparison.Ordinal);
    }

    private void Write(int stepsDone, int from, int to)
    {
        using var log = new TrainingLog(LogFolder, ["widest", "narrowest", "random", "random"], ["widest", "narrowest"], stepsDone, clock);
        for (var step = from; step <= to; step++)
        {
            if (step % 2 == 1 && step > from) AfterSaving(log);
            clock.Seconds += 2;
            log.AddStep(new(1, 1, 64 * step, 640, 1) { Step = step, StepImages = 64, Losses = [step, 2, 3, 4], LearningRate = 0.125, GradientNorm = 5 });
            if (step % 2 == 0) log.EndEpoch(step, new Dictionary<string, Score> { ["widest"] = new(1.5, 0.5), ["narrowest"] = new(2.5, 0.25) });
        }
    }

    private void AfterSaving(TrainingLog log)
    {
        clock.Seconds += 7;
        log.BeginEpoch();
    }

    private string Text(string file) => File.ReadAllText(Path.Combine(LogFolder, file));

    private IEnumerable<string> Steps(string file) => Text(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[0]);

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;

        public override DateTimeOffset GetUtcNow() => Start.AddSeconds(Seconds);
    }
}
