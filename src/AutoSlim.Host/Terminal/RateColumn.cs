using Spectre.Console;
using Spectre.Console.Rendering;

namespace AutoSlim.Host.Terminal;

/// <summary>Steps per second in the stage's own unit; Spectre's speed column knows bytes only.</summary>
internal sealed class RateColumn(Stage stage) : ProgressColumn
{
    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(task.Speed is double speed ? stage.Rate(speed) : "", Color.Blue);
}
