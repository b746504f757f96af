using Spectre.Console;
using Spectre.Console.Rendering;

namespace AutoSlim.Host.Terminal;

/// <summary>The last thing that a stage said about itself, cut to the room there is.</summary>
internal sealed class DetailColumn : ProgressColumn
{
    protected override bool NoWrap => true;

    public static void Set(ProgressTask task, string detail) => task.Tag = detail;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(task.Tag as string ?? "") { Overflow = Overflow.Ellipsis };
}
