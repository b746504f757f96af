using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AutoSlim.Costs.Import.Blocks;

/// <summary>Reads a mapping of mappings of texts from YAML, event by event: no aliases, no tags, nothing deeper, so that a small file cannot unfold into a large one.</summary>
internal sealed class BlockEntries
{
    private readonly Parser parser;

    private BlockEntries(string text) => parser = new(new Scanner(new StringReader(text), skipComments: true));

    /// <exception cref="YamlException">No YAML.</exception>
    /// <exception cref="InvalidOperationException">No YAML either: some damage makes the scanner lose its way.</exception>
    /// <exception cref="FormatException">YAML of another shape.</exception>
    public static IReadOnlyList<BlockEntry> Read(string text)
    {
        var reader = new BlockEntries(text);
        reader.Next<StreamStart>();
        reader.Next<DocumentStart>();
        reader.Next<MappingStart>();
        var entries = new List<BlockEntry>();
        while (reader.Next<ParsingEvent>() is Scalar name)
        {
            if (entries.Count == ForeignTimes.MaximumTimes) throw new FormatException($"has more than {ForeignTimes.MaximumTimes:N0} entries");
            entries.Add(new(name.Value, reader.Fields()));
        }

        reader.Current<MappingEnd>();
        reader.Next<DocumentEnd>();
        reader.Next<StreamEnd>();
        return entries;
    }

    private Dictionary<string, string> Fields()
    {
        Next<MappingStart>();
        var fields = new Dictionary<string, string>();
        while (Next<ParsingEvent>() is Scalar field)
            if (!fields.TryAdd(field.Value, Next<Scalar>().Value)) throw Unexpected($"field '{field.Value}' twice in one entry");
        Current<MappingEnd>();
        return fields;
    }

    private T Next<T>()
        where T : ParsingEvent => parser.MoveNext() ? Current<T>() : throw new FormatException("is empty, or cut off");

    private T Current<T>()
        where T : ParsingEvent => parser.Current switch
        {
            NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag.IsEmpty: false } or AnchorAlias => throw Unexpected("an anchor, an alias or a tag, which a table need not have"),
            T wanted => wanted,
            var other => throw Unexpected($"{other?.GetType().Name} instead of {typeof(T).Name}"),
        };

    private FormatException Unexpected(string found) => new($"has at line {parser.Current?.Start.Line} {found}; expected a mapping from keys to mean, count and std or var");
}
