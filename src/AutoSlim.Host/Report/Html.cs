using System.Globalization;
using System.Text.Encodings.Web;

namespace AutoSlim.Host.Report;

/// <summary>A piece of HTML; every value put into it is escaped unless it is HTML itself.</summary>
internal sealed record Html(string Text)
{
    public static Html Of(FormattableString markup) => new(markup.ToString(Escaping.Provider));

    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.Text)));

    public static Html Escape(string text) => Of($"{text}");

    private sealed class Escaping : IFormatProvider, ICustomFormatter
    {
        public static readonly Escaping Provider = new();

        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
        {
            Html html => html.Text,
            IFormattable value => HtmlEncoder.Default.Encode(value.ToString(format, CultureInfo.InvariantCulture)),
            _ => HtmlEncoder.Default.Encode(arg?.ToString() ?? ""),
        };
    }
}
