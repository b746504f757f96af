using AutoSlim.Networks;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Commands;

public sealed class WrongUseTests
{
    private const string MobileNetV1 = "32,64,128,128,256,256,512,512,512,512,512,512,1024,1024,1000";

    public static TheoryData<string, string[]> OneProblem => new()
    {
        { "no verb given; choose one of demo, networks, describe, train, profile, profiles, slim, retrain, export, verify, serve, devices, enroll, operator, jobs", [] },
        { "unknown verb 'descibe'; choose one of demo, networks, describe, train, profile, profiles, slim, retrain, export, verify, serve, devices, enroll, operator, jobs; did you mean 'describe'?", ["descibe"] },
        { "TABLE is missing; give a cost table's file, or a device's name (see 'autoslim profiles show --help')", ["profiles", "show"] },
        { "unknown verb 'shows'; choose one of show, diff, export, import; did you mean 'show'? (see 'autoslim profiles --help')", ["profiles", "shows"] },
        { "NETWORK is missing; give one of mobilenet_v1", ["describe"] },
        { "unknown option '--widht'; 'describe' knows --resolution, --layout, --width, --channels, --classes, --json; did you mean '--width'?", ["describe", "mnasnet", "--widht"] },
        { "unexpected argument 'mnasnet'; 'networks' takes options only", ["networks", "mnasnet"] },
        { "Required argument missing for option: '--width' (see 'autoslim describe --help')", ["describe", "mnasnet", "--width"] },
        { "Option '--width' expects a single argument but 2 were provided", ["describe", "mnasnet", "--width", "1", "--width", "2"] },
        { "unknown network 'MobileNet2'; choose one of mobilenet_v1, mobilenet_v2, mnasnet, resnet50, mobilenet_v3_large, mobilenet_v3_small, resnet18, resnet34; did you mean 'mobilenet_v2'?", ["describe", "MobileNet2"] },
        { "unknown layout 'imagnet'; choose imagenet or cifar; did you mean 'imagenet'?", ["describe", "mnasnet", "--layout", "imagnet"] },
        { "--resolution is 'big', expected a whole number from 8 to 8192", ["describe", "mnasnet", "--resolution", "big"] },
        { "--resolution is '7', expected a whole number from 8 to 8192", ["describe", "mnasnet", "--resolution", "7"] },
        { "--classes is '0', expected a whole number from 1 to 1000000", ["describe", "mnasnet", "--classes", "0"] },
        { "--width is '2.5', expected a number from 0.15 to 2.0, such as 0.75", ["describe", "mnasnet", "--width", "2.5"] },
        { "--width is 'NaN', expected a number from 0.15 to 2.0, such as 0.75", ["describe", "mnasnet", "--width", "NaN"] },
        { "--width 1 and --channels " + MobileNetV1 + " exclude each other; give one of them", ["describe", "mobilenet_v1", "--width", "1", "--channels", MobileNetV1] },
        { "--classes 10 contradicts the list, which ends with 1000 classes", ["describe", "mobilenet_v1", "--classes", "10", "--channels", MobileNetV1] },
        { "file 'none.json' does not exist; give a comma-separated list", ["describe", "mnasnet", "--channels", "none.json"] },
        { "file '.' is a folder; give a comma-separated list", ["describe", "mnasnet", "--channels", "."] },
        { "--out is empty; give a value or leave it out (see 'autoslim profiles export --help')", ["profiles", "export", "board", "--out", ""] },
        { "FILE is empty; give a value or leave it out (see 'autoslim profiles import --help')", ["profiles", "import", "", "--format", "netadapt", "--batch", "1", "--device", "phone"] },
        { "--data is empty; give a value or leave it out (see 'autoslim train --help')", ["train", "mnasnet", "--data", "", "--out", "run"] },
        { "the channel list has 3 numbers, mobilenet_v1 takes 15 (classes last)", ["describe", "mobilenet_v1", "--channels", "32,64,1000"] },
        { "the list ends with 0 classes; choose 1 to 1000000", ["describe", "mobilenet_v1", "--channels", With(15, 0)] },
        { "number 2 of the channel list is 'x', expected a whole number of channels", ["describe", "mobilenet_v1", "--channels", "32,x"] },
        { "group 'stem' has 41 channels; choose 8 to 32", ["describe", "mobilenet_v1", "--channels", With(1, 41)] },
        { "group 'block0' has 2 channels; choose 16 to 72", ["describe", "mobilenet_v1", "--channels", With(2, 2)] },
        { "--device is 'gpu', expected cpu, cuda or cuda:N; the device that is measured is that of profile, slim and verify", Train("--device", "gpu") },
        { "--refresh: --search shared scores all candidates in every step; leave --refresh out, or give --rescored N too", ["slim", "run", "--target", "a: macs<=1M", "--search", "shared", "--refresh", "9"] },
        { "--resolution is 4, expected 8 to 8192", ["profile", "mnasnet", "--plan", "--resolution", "4"] },
        { "--classes is 0, expected 1 to 1000000", ["profile", "mnasnet", "--plan", "--classes", "0"] },
        { "--server 'http://127.0.0.1:1' and --state 'here' name two hosts; leave one out", ["jobs", "--server", "http://127.0.0.1:1", "--state", "here"] },
        { "--random-members is 0, expected 1 to 64", Train("--random-members", "0") },
        { "--precision is 'bfloat'; choose float32 or bfloat16; did you mean 'bfloat16'?", Train("--precision", "bfloat") },
    };

    [Theory]
    [MemberData(nameof(OneProblem))]
    public async Task Wrong_use_ends_with_2_and_one_line_that_says_what_to_do(string problem, string[] arguments)
    {
        var run = await CommandLine.RunAsync(arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.StartsWith($"autoslim: {problem}", Assert.Single(run.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_problems_come_at_once()
    {
        var run = await CommandLine.RunAsync(
            "describe", "vgg", "extra", "--bogus", "--resolution", "x", "--layout", "y", "--classes", "-1", "--width", "9", "--channels", "1,a,b");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(10, run.Problems.Count);
    }

    [Fact]
    public async Task Tied_layers_that_differ_are_named_with_their_group_beside_other_slips()
    {
        var list = "32,16,96,24,144,32,144,32,192,32,192,32,192,64,384,64,384,64,384,64,384,96,576,96,576,96,576,160,960,160,960,160,9999,320,1280,1000";
        var run = await CommandLine.RunAsync("describe", "mobilenet_v2", "--channels", list, "--resolution", "1");
        Assert.Equal(
            [
                "autoslim: --resolution is '1', expected a whole number from 8 to 8192",
                "autoslim: number 6 is 32, but group 'stage2' has 24 channels already: its layers are tied, make the numbers equal",
                "autoslim: group 'block16.expand' has 9999 channels; choose 144 to 1440",
            ],
            run.Problems);
    }

    [Theory]
    [InlineData("{", "not JSON of the form")]
    [InlineData("[1]", "the file holds a JSON array, expected an object with network, layout, resolution, classes, channels")]
    [InlineData("""{"network":"mnasnet","network":"mnasnet"}""", "not JSON of the form")]
    public async Task A_file_that_is_no_channel_file_is_named(string text, string problem)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("channels.json", text);
        var run = await CommandLine.RunAsync("describe", "mnasnet", "--channels", path);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"autoslim: file '{path}': {problem}", Assert.Single(run.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Foreign_json_is_refused_with_every_problem()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("channels.json", """{"network":"mnasnets","layout":1,"resolution":"224","width":1,"channels":{"stem":1.5}}""");
        var run = await CommandLine.RunAsync("describe", "mnasnet", "--channels", path);
        Assert.Equal(
            [
                "unknown key 'width'; expected network, layout, resolution, classes, channels",
                "key 'classes' is missing; add it",
                "network is \"mnasnets\", expected one of mobilenet_v1, mobilenet_v2, mnasnet, resnet50, mobilenet_v3_large, mobilenet_v3_small, resnet18, resnet34; did you mean 'mnasnet'?",
                "layout is 1, expected one of imagenet, cifar",
                "resolution is \"224\", expected a whole number from 8 to 1000000",
                "group 'stem' has 1.5 channels, expected a whole number",
            ],
            run.Problems.Select(problem => problem.Replace($"autoslim: file '{path}': ", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Unknown_and_missing_groups_of_a_channel_file_are_named()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("channels.json", """{"network":"mobilenet_v1","layout":"imagenet","resolution":224,"classes":10,"channels":{"stems":8}}""");
        var run = await CommandLine.RunAsync("describe", "mobilenet_v1", "--channels", path);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"autoslim: file '{path}': mobilenet_v1 has no group 'stems'; did you mean 'stem'?", run.Problems);
        Assert.Contains($"autoslim: file '{path}': group 'block12' of mobilenet_v1 is missing: name every group", run.Problems);
    }

    [Fact]
    public async Task A_channel_file_of_another_network_is_refused()
    {
        using var folder = new TemporaryFolder();
        var definition = NetworkCatalog.Create(new("mobilenet_v1", StrideLayout.Imagenet, 224));
        var path = Path.Combine(folder.Path, "channels.json");
        ChannelFile.Of(definition, definition.Widest).Write(path);
        var run = await CommandLine.RunAsync("describe", "mnasnet", "--channels", path);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("holds channels of mobilenet_v1, not of mnasnet", Assert.Single(run.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_training_option_that_is_wrong_is_named_beside_other_slips()
    {
        var run = await CommandLine.RunAsync(
            "train", "mobilenet_v1", "--data", "nowhere", "--out", "nowhere", "--threads", "0", "--recipe", "paper-mobil", "--epochs", "1.5", "--batch-size", "1", "--accumulate", "0",
            "--optimizer", "adam", "--learning-rate", "fast", "--schedule", "cosin", "--warm-up", "1", "--milestones", "0.3;0.6", "--gamma", "0", "--momentum", "1",
            "--weight-decay", "-1", "--label-smoothing", "1", "--max-gradient-norm", "-1", "--ema", "1");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            [
                "autoslim: --threads is 0, expected 1 to 1024",
                "autoslim: --recipe is 'paper-mobil', expected one of paper-supernet, paper-mobile, paper-resnet; did you mean 'paper-mobile'?",
                "autoslim: --epochs is '1.5', expected a whole number",
                "autoslim: --optimizer is 'adam', expected one of sgd, adamw, rmsprop; did you mean 'adamw'?",
                "autoslim: --learning-rate is 'fast', expected a number",
                "autoslim: --schedule is 'cosin', expected one of linear, cosine, step, constant; did you mean 'cosine'?",
                "autoslim: --milestones is '0.3;0.6', expected fractions of all steps with commas between them, such as 0.3,0.6,0.9",
                "autoslim: batch size is 1, expected 2 to 65536: batch norm needs a variance",
                "autoslim: accumulate is 0, expected 1 to 65536",
                "autoslim: warm-up fraction is 1, expected 0 to below 1",
                "autoslim: gamma is 0, expected above 0 and at most 1",
                "autoslim: momentum is 1, expected 0 to below 1",
                "autoslim: weight decay is -1, expected 0 to below 1",
                "autoslim: label smoothing is 1, expected 0 to below 1",
                "autoslim: maximum gradient norm is -1, expected a number above 0, or 0 for no limit",
                "autoslim: ema decay is 1, expected 0 (none) to below 1",
            ],
            run.Problems);
    }

    [Fact]
    public async Task Milestones_without_a_stepwise_schedule_are_refused()
    {
        var run = await CommandLine.RunAsync("train", "mobilenet_v1", "--data", "nowhere", "--out", "nowhere", "--recipe", "paper-mobile", "--milestones", "0.5", "--gamma", "0.2");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(2, run.Problems.Count);
        Assert.StartsWith("autoslim: --milestones is that of a stepwise schedule, but the schedule is linear", run.Problems[0], StringComparison.Ordinal);
    }

    private static string[] Train(params string[] options) => ["train", "mobilenet_v1", "--data", "none", "--out", "none", .. options];

    private static string With(int position, int number)
    {
        var numbers = MobileNetV1.Split(',');
        numbers[position - 1] = $"{number}";
        return string.Join(',', numbers);
    }
}
